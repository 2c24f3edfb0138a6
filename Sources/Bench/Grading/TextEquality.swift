package import Core
import Foundation

/// When two answers are equal as texts.
///
/// Source: EleutherAI lm-evaluation-harness, `exact_match`: matches of `regexes_to_ignore` go first and in their order,
/// then case, then ASCII punctuation.
package struct TextEquality: Sendable {
    private static let marks = Set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".unicodeScalars)

    private let ignoring: [TextPattern]
    private let ignoresCase: Bool
    private let ignoresMarks: Bool

    /// - Throws: a `Fault` if one of the patterns is none.
    package init(_ metric: MetricSpec, of suite: String) throws {
        ignoring = try metric.ignoring.map { try TextPattern($0, of: suite) }
        ignoresCase = metric.ignoresCase
        ignoresMarks = metric.ignoresMarks
    }

    package func areEqual(_ answer: String, _ gold: String) -> Bool {
        // As scalars: Swift calls canonically equal texts equal, Python does not.
        normalised(answer).unicodeScalars.elementsEqual(normalised(gold).unicodeScalars)
    }

    /// What is compared.
    package func normalised(_ text: String) -> String {
        var text = ignoring.reduce(text) { $1.removed(from: $0) }
        if ignoresCase { text = text.lowercased() }
        guard ignoresMarks else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !Self.marks.contains($0) }))
    }
}
