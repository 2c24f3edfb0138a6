public import Core
import Gating

/// A composition of experts that was learned: a classifier, a mapping, and a line beyond which the generalist is asked.
public struct LearnedComposition: LearnedRouter, CategoryGuessing {
    public let categoryNames: [String]
    /// The expert of each category, and of the general one, which comes last.
    public let mapping: CategoryMapping
    /// How unsure a guess may be.
    public internal(set) var threshold = UncertaintyThreshold.never
    /// How well the uncertainty of a guess tells held-out questions that belong to no category from the others: the area
    /// under the ROC curve, 0.5 for not at all. Nil if there was none of either.
    public internal(set) var outOfScopeSeparation: Double?
    private let classifier: any CategoryClassifier
    private let means: ShrunkenMeans
    /// Whether only the experts that the mapping holds may sit.
    private let isLimited: Bool

    init(
        categoryNames: [String], classifier: any CategoryClassifier, means: ShrunkenMeans, mapping: CategoryMapping,
        isLimited: Bool
    ) {
        self.categoryNames = categoryNames
        self.classifier = classifier
        self.means = means
        self.mapping = mapping
        self.isLimited = isLimited
    }

    /// Who serves the general category.
    public var generalist: Int { mapping.experts[categoryNames.count] }

    public func categoryProbabilities(for view: QuestionView) -> [Float] {
        classifier.probabilities(for: view.vector)
    }

    /// The category a question is served under: an index into `categoryNames`, or one more for the general category.
    public func servedCategory(for view: QuestionView) -> Int { servedCategory(categoryProbabilities(for: view)) }

    public func expectations(for view: QuestionView) -> [Float] { expectations(categoryProbabilities(for: view)) }

    /// The expert of the category sits first, then the next best in it; under a parameter budget only those held.
    public func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let probabilities = categoryProbabilities(for: view)
        let category = servedCategory(probabilities)
        var ranks = category < categoryNames.count ? Array(means.means(of: category)) : means.overall
        if isLimited {
            let held = mapping.held
            for expert in ranks.indices where !held.contains(expert) { ranks[expert] = .nan }
        }
        ranks[mapping.experts[category]] = .infinity
        let selection = try Gate(normaliser: Identity(), selector: TopK(count: seats))
            .select(ScoreMatrix(row: view.masked(ranks)))
        return SeatPlan(
            experts: Array(selection.experts(inRow: 0)), expected: view.masked(expectations(probabilities)))
    }

    private func servedCategory(_ probabilities: [Float]) -> Int {
        threshold.isExceeded(by: probabilities) ? categoryNames.count : probabilities.indexOfLargest
    }

    /// Σ over categories of P(category) · mean(category, expert).
    private func expectations(_ probabilities: [Float]) -> [Float] {
        var expected = [Float](repeating: 0, count: means.expertCount)
        for (category, probability) in probabilities.enumerated() where probability > 0 {
            RowArithmetic.add(probability, times: means.means(of: category).span, to: &expected, from: 0)
        }
        return expected
    }
}
