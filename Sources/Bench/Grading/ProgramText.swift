import Foundation

/// The program in an answer: the first fenced block that defines something, else the first fenced block, else the text.
struct ProgramText {
    let code: String

    /// Nil if the answer holds nothing.
    init?(answer: String) {
        var blocks: [String] = []
        var rest = answer[...]
        while let open = rest.range(of: "```") {
            let body = rest[open.upperBound...]
            let line = body.firstIndex(where: \.isNewline).map { body.index(after: $0) } ?? body.endIndex
            let close = body[line...].range(of: "```")
            // A block that is not closed was cut: what there is counts.
            blocks.append(String(body[line..<(close?.lowerBound ?? body.endIndex)]))
            guard let close else { break }
            rest = body[close.upperBound...]
        }
        let chosen = blocks.first { $0.contains("def ") || $0.contains("class ") } ?? blocks.first ?? answer
        guard chosen.contains(where: { !$0.isWhitespace }) else { return nil }
        code = chosen
    }

    /// What is run: the answer's program behind the head it was to go on from, then the tests.
    static func whole(_ code: String, head: String?, tests: String) -> String {
        guard let head else { return code + "\n\n" + tests }
        let defined = head.split(separator: "\n").last { $0.hasPrefix("def ") }?.dropFirst(4).prefix { $0 != "(" } ?? ""
        guard !defined.isEmpty, code.contains("def \(defined)(") else { return head + code + "\n\n" + tests }
        // A whole function: of the head, only what comes before it is needed.
        let before = head.range(of: "def \(defined)(").map { String(head[..<$0.lowerBound]) } ?? ""
        return before + "\n" + code + "\n\n" + tests
    }
}
