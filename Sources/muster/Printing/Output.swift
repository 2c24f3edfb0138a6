import Core
import Foundation
import Logging
import Server
import Synchronization

/// Where the command writes: results to standard output, everything else to standard error.
enum Output {
    static func line(_ text: String = "") { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
    static func lines(_ texts: [String]) { for text in texts { line(text) } }
    static func text(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

    /// Something a person should know that is not the result.
    static func remark(_ text: String, level: Logger.Level = .notice) {
        let isJSON = remarksAreJSON.load(ordering: .relaxed)
        error(isJSON ? JSONLogHandler.line(at: Date(), level: level, message: plain(text)) : text + "\n")
    }

    /// Without the command's name, which a log's reader knows.
    private static func plain(_ text: String) -> String {
        text.hasPrefix("muster: ") ? String(text.dropFirst("muster: ".count)) : text
    }

    /// Writes to standard error as it stands.
    static func error(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    /// Whether remarks are lines of a log in JSON.
    static let remarksAreJSON = Atomic(false)

    /// A value as JSON with snake_case names in sorted order: stable for scripts.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        FileHandle.standardOutput.write(try encoder.encode(value) + Data("\n".utf8))
    }

    /// True if a person is watching standard error.
    static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }
}
