public import Core
package import Foundation

/// Reads the questions of a suite from a file in its publisher's format: JSON objects, one a line or in one list; plain,
/// behind gzip, or a member of a zip archive.
public struct SuiteFile: Sendable {
    /// A larger file is refused, in bytes; unpacked too.
    static let largestFile = 256 << 20
    /// A longer line is refused, in bytes.
    static let longestLine = 1 << 20

    /// The questions in the order of the file.
    public let questions: [GradedQuestion]

    /// - Parameters:
    ///   - member: the file meant if it is an archive.
    ///   - limit: only the first so many; nil for all.
    /// - Throws: a `Fault` that names the file and the line.
    public init(path: String, suite: Suite, member: String? = nil, limit: Int? = nil) throws {
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
            throw Fault(.unreadableFile, path, "cannot be read", expected: "A file of \(suite.id), JSON objects")
        }
        guard data.count <= Self.largestFile else {
            throw Fault(.unreadableFile, path, "is larger than \(Self.largestFile >> 20) MiB")
        }
        let plain = try PackedFile(name: path, largest: Self.largestFile).unpacked(data, member: member)
        try self.init(data: plain, name: path, suite: suite, limit: limit)
    }

    package init(data: Data, name: String, suite: Suite, limit: Int? = nil) throws {
        let pattern = try suite.spec.fields.answerPattern.map { try TextPattern($0, of: suite.id) }
        var questions: [GradedQuestion] = []
        func add(_ value: JSONValue, _ number: Int) throws {
            let row = SuiteRow(suite: suite, answerPattern: pattern, file: name, number: number, value: value)
            if let question = try row.question() { questions.append(question) }
        }
        func isFull() -> Bool { limit.map { questions.count >= $0 } ?? false }
        if data.first(where: { $0 > UInt8(ascii: " ") }) == UInt8(ascii: "[") {
            guard let rows = try? JSONReader.read([UInt8](data)).elements else {
                throw Fault(.unreadableFile, name, "is not a list of JSON objects")
            }
            for (index, row) in rows.enumerated() where !isFull() { try add(row, index + 1) }
        } else {
            let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            for (index, bytes) in lines.enumerated() {
                if isFull() { break }
                guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else { continue }
                try add(Self.line(bytes, name, index + 1), index + 1)
            }
        }
        guard !questions.isEmpty else {
            throw Fault(.unreadableFile, name, "holds no question", expected: "One JSON object a line, or a list")
        }
        self.questions = questions
    }

    private static func line(_ bytes: Data, _ name: String, _ number: Int) throws -> JSONValue {
        guard bytes.count <= longestLine else {
            throw Fault(.unreadableFile, "\(name):\(number)", "is longer than \(longestLine >> 20) MiB")
        }
        guard let value = try? JSONReader.read([UInt8](bytes)) else {
            throw Fault(.unreadableFile, "\(name):\(number)", "is not a JSON object")
        }
        return value
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
