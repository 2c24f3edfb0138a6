public import Core
package import Foundation

/// Reads the questions of a suite from a file in its publisher's format, one a line.
public struct SuiteFile: Sendable {
    /// A larger file is refused, in bytes.
    static let largestFile = 256 << 20
    /// A longer line is refused, in bytes.
    static let longestLine = 1 << 20

    /// The questions in the order of the file.
    public let questions: [GradedQuestion]

    /// - Parameter limit: only the first so many; nil for all.
    /// - Throws: a `Fault` that names the file and the line.
    public init(path: String, suite: Suite, limit: Int? = nil) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Fault(
                .unreadableFile, path, "there is no such file, or it cannot be read",
                hint: "muster bench pull \(suite.id) fetches it from its publisher; --data names a file at hand")
        }
        defer { try? handle.close() }
        let data: Data
        do {
            data = try handle.read(upToCount: Self.largestFile + 1) ?? Data()
        } catch {
            throw Fault(
                .unreadableFile, path, "cannot be read", expected: "A file of \(suite.id), one JSON object a line")
        }
        guard data.count <= Self.largestFile else {
            throw Fault(.unreadableFile, path, "is larger than \(Self.largestFile >> 20) MiB")
        }
        try self.init(data: data, name: path, suite: suite, limit: limit)
    }

    package init(data: Data, name: String, suite: Suite, limit: Int? = nil) throws {
        var questions: [GradedQuestion] = []
        for (index, bytes) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if let limit, questions.count >= limit { break }
            let line = SuiteLine(file: name, number: index + 1, bytes: bytes)
            guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else { continue }
            guard bytes.count <= Self.longestLine else {
                throw line.fault("is longer than \(Self.longestLine >> 20) MiB")
            }
            questions.append(try suite.read(line))
        }
        guard !questions.isEmpty else {
            throw Fault(.unreadableFile, name, "holds no question", expected: "One JSON object a line")
        }
        self.questions = questions
    }

    /// Stands for exactly these questions in this order.
    public static func fingerprint(of questions: [GradedQuestion]) -> String {
        var print = Fingerprint()
        for question in questions {
            print.add(question.question)
            print.add(question.answer)
        }
        return print.hex
    }
}

/// One line of a suite's file, with its place for errors.
struct SuiteLine: Sendable {
    let file: String
    let number: Int
    let bytes: Data

    func decode<Row: Decodable>(_ type: Row.Type, expecting form: String) throws -> Row {
        do {
            return try JSONDecoder().decode(type, from: bytes)
        } catch {
            throw fault("is not a question of this suite", expected: "Expected \(form)")
        }
    }

    func fault(_ found: String, expected: String? = nil) -> Fault {
        Fault(.unreadableFile, "\(file):\(number)", found, expected: expected)
    }
}
