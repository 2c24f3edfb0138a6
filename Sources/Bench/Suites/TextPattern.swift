import Core
import Foundation

/// A regular expression that finds what Python's `re` finds: line ends are `\n` alone, classes are Unicode's.
struct TextPattern: Sendable {
    private let expression: NSRegularExpression

    /// - Parameter suite: whose it is, for the error.
    init(_ pattern: String, of suite: String) throws {
        do {
            expression = try NSRegularExpression(pattern: pattern, options: [.useUnixLineSeparators])
        } catch {
            throw Fault(
                .invalidSettings, "suite \(suite)", "\"\(pattern)\" is no pattern",
                expected: "A regular expression belongs here, such as '#### (\\-?[0-9.,]+)'")
        }
    }

    /// Every match as Python's `findall` gives it: without groups the match, with one that group, with more the first
    /// group that is not empty.
    func all(in text: String) -> [String] {
        let whole = text as NSString
        return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map { match in
            guard match.numberOfRanges > 1 else { return whole.substring(with: match.range) }
            let groups = (1..<match.numberOfRanges).map { group in
                match.range(at: group).location == NSNotFound ? "" : whole.substring(with: match.range(at: group))
            }
            return groups.count == 1 ? groups[0] : groups.first { !$0.isEmpty } ?? ""
        }
    }

    /// The text with every match taken away.
    func removed(from text: String) -> String {
        expression.stringByReplacingMatches(
            in: text, range: NSRange(location: 0, length: (text as NSString).length), withTemplate: "")
    }
}
