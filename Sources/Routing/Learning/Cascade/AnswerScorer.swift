/// How likely an answer is right, once it is heard: what was expected of its expert on this question, and whether it agrees
/// with the answers heard before.
///
///     g = σ(w₀ + w₁ · log-odds expected + Σ over earlier rungs of w_j · agreement_j)
///
/// agreement is 1 with an equal answer, −1 with another one, and 0 where the earlier rung was not heard or either answer is
/// not known.
struct AnswerScorer: Sendable {
    private let line: LogisticLine

    /// Learns the scorer of one rung.
    ///
    /// - Parameters:
    ///   - expected: what was expected of the rung's expert, by somebody who had not seen the outcome, `[questions]`.
    ///   - scores: what it scored, `[questions]`; questions with NaN are passed over.
    ///   - answers: what was answered by the earlier rungs, then by this one, `[questions]` each; empty if none were recorded.
    init(expected: [Float], scores: [Float], answers: [[Int32]]) {
        var rows: [Double] = []
        var labels: [Float] = []
        let earlier = max(0, answers.count - 1)
        for question in scores.indices where !scores[question].isNaN {
            let heard = answers.map { $0.isEmpty ? -1 : $0[question] }
            rows += Self.row(expected[question], heard)
            labels.append(scores[question])
        }
        line = LogisticLine(fitting: rows, labels: labels, start: [0, 1] + [Double](repeating: 0, count: earlier))
    }

    /// g of the last of these answers, one a rung; −1 where a rung was not heard or its answer is not known.
    func probability(expected: Float, answers: [Int32]) -> Float {
        Float(line.probability(Self.row(expected, answers)))
    }

    private static func row(_ expected: Float, _ answers: [Int32]) -> [Double] {
        let own = answers.last ?? -1
        return [1, Double(LogOdds.of(expected))]
            + answers.dropLast().map { $0 < 0 || own < 0 ? 0 : ($0 == own ? 1 : -1) }
    }
}
