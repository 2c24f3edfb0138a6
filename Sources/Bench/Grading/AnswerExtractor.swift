import Aggregation
package import Core
import Foundation

/// Finds the answer in a text in the way that a suite's file names.
///
/// Source: EleutherAI lm-evaluation-harness, `filters/extraction.py`: `regex` is `pattern` here, `multi_choice_regex`
/// with case and punctuation ignored is `letter`. `scripts/compare-harness` holds both to the harness itself.
package struct AnswerExtractor: Sendable {
    /// Raised when a rule changes; kept with every grade.
    package static let version = 2

    private let spec: ExtractorSpec
    private let pattern: TextPattern?

    /// - Throws: a `Fault` if its pattern is none.
    package init(_ spec: ExtractorSpec, of suite: String) throws {
        self.spec = spec
        pattern = spec.pattern.isEmpty ? nil : try TextPattern(spec.pattern, of: suite)
    }

    /// The answer; nil where the harness would say `[invalid]`.
    package func extract(from text: String, to question: GradedQuestion, shape: AnswerShape) -> String? {
        switch spec.kind {
        case .pattern: found(in: text)
        case .letter: found(in: text).map(Self.bare) ?? named(in: text, question) ?? announced(in: text, question)
        case .meaning: Self.meant(text, shape)
        case .program: ProgramText(answer: text)?.code
        case .whole: text.contains { !$0.isWhitespace } ? text : nil
        }
    }

    private func found(in text: String) -> String? {
        let all = pattern?.all(in: text) ?? []
        let match = (spec.take == .first ? all.first : all.last)?.trimmingCharacters(in: .whitespacesAndNewlines)
        return match.flatMap { $0.isEmpty && spec.kind == .letter ? nil : $0 }
    }

    /// `(B)` → `B`
    private static func bare(_ match: String) -> String {
        match.count == 3 && match.hasPrefix("(") && match.hasSuffix(")") ? String(match.dropFirst().dropLast()) : match
    }

    /// The option whose text stands in the answer.
    private func named(in text: String, _ question: GradedQuestion) -> String? {
        let options = (question.extras?.options ?? []).map {
            Self.folded($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        guard !options.isEmpty else { return nil }
        let folded = Self.folded(text)
        var at = folded.startIndex
        var last: Int?
        while true {
            // As a pattern `first|second|…` would: the leftmost match, of several there the first option.
            var best: (range: Range<String.Index>, option: Int)?
            for (option, name) in options.enumerated() {
                let range =
                    name.isEmpty ? at..<at : folded.range(of: name, options: .literal, range: at..<folded.endIndex)
                if let range, best.map({ range.lowerBound < $0.range.lowerBound }) ?? true { best = (range, option) }
            }
            guard let best else { break }
            last = best.option
            if spec.take == .first { break }
            if best.range.isEmpty {
                guard best.range.upperBound < folded.endIndex else { break }
                at = folded.index(after: best.range.upperBound)
            } else {
                at = best.range.upperBound
            }
        }
        // An option that folds to nothing matches the empty text, which the harness does not take for an answer.
        return last.flatMap { options[$0].isEmpty ? nil : SuiteRow.letter(options.lastIndex(of: options[$0]) ?? $0) }
    }

    /// A letter after a colon.
    private func announced(in text: String, _ question: GradedQuestion) -> String? {
        let count = question.extras?.options.count ?? question.extras?.optionCount ?? 0
        guard count > 0 else { return nil }
        let letters = (0..<count).map(SuiteRow.letter).joined(separator: "|")
        let all = (try? TextPattern(":[\\s]*(\(letters))", of: ""))?.all(in: text) ?? []
        return spec.take == .first ? all.first : all.last
    }

    /// Without case and without punctuation (Unicode's categories P).
    private static func folded(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.lowercased().unicodeScalars.filter { scalar in
                    switch scalar.properties.generalCategory {
                    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
                        .initialPunctuation, .finalPunctuation, .otherPunctuation:
                        false
                    default: true
                    }
                }))
    }

    private static func meant(_ text: String, _ shape: AnswerShape) -> String? {
        switch shape {
        case .number, .choice: AnswerExtraction(shape: shape).extract(from: text)
        case .automatic, .exact:
            AnswerExtraction.marked(in: text)
                ?? text.afterThinking.split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } }
                .map(String.init)
        }
    }
}
