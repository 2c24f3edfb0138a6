import Foundation

/// A `SKILL.md` in its two parts: front matter between two lines of `---`, then Markdown.
struct SkillText {
    /// The YAML between the rules. One empty line stands for the opening rule, so that lines count as in the file.
    let head: String
    /// Everything after the second rule.
    let body: String

    /// Nil if there is no front matter.
    init?(_ text: String) {
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, Self.isRule(first), let end = lines.dropFirst().firstIndex(where: Self.isRule)
        else { return nil }
        head = "\n" + lines[1..<end].joined(separator: "\n") + "\n"
        body = lines[(end + 1)...].joined(separator: "\n")
    }

    /// The text under a heading of the second level, without the blank lines around it; empty if there is none.
    func section(_ title: String) -> String {
        var isInside = false
        var isCode = false
        var kept: [Substring] = []
        for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") || line.hasPrefix("~~~") { isCode.toggle() }
            if !isCode, line.hasPrefix("# ") || line.hasPrefix("## ") {
                let heading = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces)
                isInside = line.hasPrefix("## ") && heading.lowercased() == title.lowercased()
            } else if isInside {
                kept.append(line)
            }
        }
        return kept.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func isRule(_ line: Substring) -> Bool {
        line.hasPrefix("---") && line.dropFirst(3).allSatisfy(\.isWhitespace)
    }
}
