public import Core

/// Recorded outcomes that a router learns from: what can be seen of each question, and how every expert did on it.
public struct Evidence: Sendable {
    /// What is known of an expert before it is asked.
    public struct Expert: Sendable, Hashable {
        public var id: ExpertID
        /// Parameters that work on each token, in billions; nil if unknown.
        public var activeParameters: Double?
        /// Mean dollars of a question; nil if no price is known.
        public var dollars: Double?

        public init(id: ExpertID, activeParameters: Double? = nil, dollars: Double? = nil) {
            self.id = id
            self.activeParameters = activeParameters
            self.dollars = dollars
        }
    }

    public let experts: [Expert]
    /// One for each question.
    public let views: [QuestionView]
    /// The true category of each question; nil where none was recorded.
    public let categories: [String?]
    /// `[questions × experts]`, 0...1, row after row; NaN where an expert was not asked.
    public let scores: [Float]
    /// `[questions × experts]`: which answer was given. Within a question equal numbers are equal answers; where it offers
    /// options, the number is the option's. −1 where none was recorded. Empty if no answers were.
    public let answers: [Int32]
    /// Which answer is right, `[questions]`; −1 where nobody gave it or it is not known.
    public let gold: [Int32]

    /// Puts recorded outcomes together; `answers` and `gold` may be left out. The counts must fit each other.
    public init(
        experts: [Expert], views: [QuestionView], categories: [String?], scores: [Float], answers: [Int32] = [],
        gold: [Int32] = []
    ) {
        precondition(scores.count == views.count * experts.count, "scores are questions × experts")
        precondition(categories.count == views.count, "one category a question")
        precondition(answers.isEmpty || answers.count == scores.count, "answers are questions × experts")
        precondition(gold.isEmpty || gold.count == views.count, "one right answer a question")
        self.experts = experts
        self.views = views
        self.categories = categories
        self.scores = scores
        self.answers = answers
        self.gold = gold.isEmpty ? views.map { _ in -1 } : gold
    }

    /// How many questions.
    public var count: Int { views.count }

    /// The scores of one question, `[experts]`.
    public func scores(of question: Int) -> ArraySlice<Float> {
        scores[question * experts.count..<(question + 1) * experts.count]
    }

    /// The answers to one question, `[experts]`; empty if none were recorded.
    public func answers(to question: Int) -> ArraySlice<Int32> {
        answers.isEmpty ? [] : answers[question * experts.count..<(question + 1) * experts.count]
    }

    /// The mean score of each expert over what it was asked; NaN for an expert that was asked nothing.
    public var meanScores: [Float] {
        var sums = [Double](repeating: 0, count: experts.count)
        var counts = sums
        for question in views.indices {
            for (expert, score) in scores(of: question).enumerated() where !score.isNaN {
                sums[expert] += Double(score)
                counts[expert] += 1
            }
        }
        return zip(sums, counts).map { $1 > 0 ? Float($0 / $1) : .nan }
    }
}
