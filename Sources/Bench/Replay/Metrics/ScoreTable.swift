/// Recorded scores as plain arrays: what the analyses of a replay read. Questions and experts are named by their places.
package struct ScoreTable: Sendable {
    package let experts: [String]
    /// `[questions × experts]`, 0...1, row after row; NaN where an expert was not asked.
    package let scores: [Float]
    /// Place of each question's true category in `categoryNames`; −1 for none. `[questions]`
    package let categories: [Int32]
    package let categoryNames: [String]
    /// Groups of questions that look alike to a router, finer than categories; −1 for none. Empty if nobody grouped them.
    package var clusters: [Int32] = []
    /// The skills that each question needs; empty if nobody named them.
    package var skills: [[String]] = []
    /// Mean dollars of a call, nil where no price is known. `[experts]`
    package var dollars: [Double?]
    /// Billions of parameters that work on a token, nil where unknown. `[experts]`
    package var activeParameters: [Double?]

    package init(
        experts: [String], scores: [Float], categories: [Int32], categoryNames: [String], dollars: [Double?]? = nil,
        activeParameters: [Double?]? = nil
    ) {
        precondition(!experts.isEmpty && scores.count == categories.count * experts.count, "questions × experts")
        precondition(categories.allSatisfy { $0 < categoryNames.count }, "every category has a name")
        self.experts = experts
        self.scores = scores
        self.categories = categories
        self.categoryNames = categoryNames
        self.dollars = dollars ?? experts.map { _ in nil }
        self.activeParameters = activeParameters ?? experts.map { _ in nil }
    }

    /// How many questions.
    package var count: Int { categories.count }

    /// The scores of one question, `[experts]`.
    func row(_ question: Int) -> ArraySlice<Float> {
        scores[question * experts.count..<(question + 1) * experts.count]
    }

    /// The scores of one expert, `[questions]`.
    package func column(_ expert: Int) -> [Float] {
        (0..<count).map { scores[$0 * experts.count + expert] }
    }

    /// The mean score of each expert over what it was asked; NaN for one that was asked nothing. `[experts]`
    package func means(over questions: [Int]? = nil) -> [Double] {
        var sums = [Double](repeating: 0, count: experts.count)
        var counts = sums
        for question in questions ?? Array(0..<count) {
            let start = question * experts.count
            for expert in experts.indices where !scores[start + expert].isNaN {
                sums[expert] += Double(scores[start + expert])
                counts[expert] += 1
            }
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : .nan }
    }

    /// The expert of the best mean; of several the first. One that was asked less than half as often as the most asked
    /// does not count: its questions may have been the easy ones. Nil if nobody was asked anything.
    package func bestExpert(over questions: [Int]? = nil) -> Int? {
        let questions = questions ?? Array(0..<count)
        var asked = [Int](repeating: 0, count: experts.count)
        for question in questions {
            let start = question * experts.count
            for expert in experts.indices where !scores[start + expert].isNaN { asked[expert] += 1 }
        }
        let most = asked.max() ?? 0
        guard most > 0 else { return nil }
        let means = means(over: questions)
        return experts.indices.filter { asked[$0] * 2 >= most }.max { (means[$0], $1) < (means[$1], $0) }
    }

    /// The best score that any expert had on each question; NaN where nobody was asked. `[questions]`
    package func oracle(without left: Int? = nil) -> [Float] {
        (0..<count).map { question in
            let start = question * experts.count
            var best = Float.nan
            for expert in experts.indices where expert != left {
                let score = scores[start + expert]
                if !score.isNaN, !(best >= score) { best = score }
            }
            return best
        }
    }

    /// What an expert drawn by lot would score on each question, in the mean; NaN where nobody was asked. `[questions]`
    package func lot() -> [Float] {
        (0..<count).map { question in
            var sum: Float = 0
            var asked: Float = 0
            for score in row(question) where !score.isNaN {
                sum += score
                asked += 1
            }
            return asked > 0 ? sum / asked : .nan
        }
    }

    /// The mean of those values that are not NaN; 0 of none.
    package static func mean(_ values: [Float]) -> Double {
        var sum = 0.0
        var count = 0.0
        for value in values where !value.isNaN {
            sum += Double(value)
            count += 1
        }
        return count > 0 ? sum / count : 0
    }
}
