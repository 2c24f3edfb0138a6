/// What a cascade learns from, expert by expert: scores, answers, and what was expected by who had not seen them.
struct CascadeRecord {
    /// `[experts][questions]`; NaN where an expert was not asked.
    let scores: [[Float]]
    /// `[experts][questions]`; −1 where no answer was recorded.
    private let answers: [[Int32]]
    /// `[experts][questions]`.
    private let expected: [[Float]]

    /// - Parameter expected: `[questions × experts]`.
    init(_ evidence: Evidence, expected: [Float]) {
        let count = evidence.experts.count
        scores = Self.columns(evidence.scores, count)
        self.expected = Self.columns(expected, count)
        answers =
            evidence.answers.isEmpty
            ? scores.map { $0.map { _ in -1 } } : Self.columns(evidence.answers, count)
    }

    /// The scorers of a ladder's rungs but the last.
    func scorers(_ rungs: [Int]) -> [AnswerScorer] {
        rungs.indices.dropLast().map { rung in
            AnswerScorer(
                expected: expected[rungs[rung]], scores: scores[rungs[rung]],
                answers: rungs[...rung].map { answers[$0] })
        }
    }

    /// What they believe of each question's answers, `[rungs − 1][questions]`.
    func believed(_ rungs: [Int]) -> [[Float]] {
        scorers(rungs).enumerated().map { rung, scorer in
            scores[0].indices.map { question in
                scorer.probability(
                    expected: expected[rungs[rung]][question], answers: rungs[...rung].map { answers[$0][question] })
            }
        }
    }

    private static func columns<Number>(_ rows: [Number], _ count: Int) -> [[Number]] {
        (0..<count).map { column in stride(from: column, to: rows.count, by: count).map { rows[$0] } }
    }
}
