import Core
import Foundation

/// The question that was typed, or piped in.
enum QuestionText {
    /// The most that is read from standard input, in bytes.
    private static let longest = 8 << 20

    static func read(_ argument: String) throws -> String {
        var text = argument
        if argument == "-" {
            let data = try FileHandle.standardInput.read(upToCount: longest + 1) ?? Data()
            guard data.count <= longest else { throw Fault(.invalidRequest, "question", "is longer than 8 MiB") }
            text = String(decoding: data, as: UTF8.self)
        }
        guard text.contains(where: { !$0.isWhitespace }) else { throw Fault(.invalidRequest, "question", "is empty") }
        return text
    }
}
