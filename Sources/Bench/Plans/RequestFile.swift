public import Core
import Foundation

/// Questions from a file of requests, one JSON object a line: `{"question": …}`, a body of chat completions, or a line of
/// OpenAI's batch form, `{"custom_id": …, "body": {"messages": […]}}`.
public struct RequestFile: Sendable {
    private static let largest = 256 << 20

    public let questions: [GradedQuestion]

    /// - Throws: a `Fault` that names the file and the line.
    public init(path: String, limit: Int? = nil) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Fault(.unreadableFile, path, "there is no such file, or it cannot be read")
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: Self.largest + 1), data.count <= Self.largest else {
            throw Fault(.unreadableFile, path, "cannot be read or is larger than \(Self.largest >> 20) MiB")
        }
        var questions: [GradedQuestion] = []
        for (index, bytes) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if let limit, questions.count >= limit { break }
            guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else { continue }
            guard let value = try? JSONReader.read([UInt8](bytes)), let text = Self.text(of: value) else {
                throw Fault(
                    .unreadableFile, "\(path):\(index + 1)", "holds no question",
                    expected: #"Expected {"question": "…"} or {"body": {"messages": […]}}"#)
            }
            questions.append(GradedQuestion(id: "line \(index + 1)", question: text, answer: ""))
        }
        guard !questions.isEmpty else { throw Fault(.unreadableFile, path, "holds no question") }
        self.questions = questions
    }

    private static func text(of value: JSONValue) -> String? {
        if let text = value["question"]?.text { return text }
        let messages = (value["body"] ?? value)["messages"]?.elements ?? []
        let last = messages.last { $0["role"]?.text == "user" }?["content"]
        if let text = last?.text { return text }
        let parts = last?.elements?.compactMap { $0["text"]?.text } ?? []
        return parts.isEmpty ? nil : parts.joined(separator: "\n")
    }
}
