import Core
import Gating

/// Ranks the experts anew for each question, by battles that count the more the more similar their question is.
///
///     ω_i = 10 · 10^(cos(q, q_i) / max cos),   strengths = Bradley–Terry fitted to the battles weighted by ω
///
/// Source: RouteLLM's similarity-weighted ranking (arXiv:2406.18665, section 4.2), with half a win for each where both
/// score the same. Its 64 models are put into 10 tiers so that battles suffice; our battles come from outcomes of all
/// experts on all questions, so that none are needed, and the weighted battles between two are known from their weighted
/// mean scores. For the threshold r is taken at no more than 1,000 questions, each without itself.
public struct SimilarityWeightedRanking: RouterLearner {
    public let name = "elo"
    /// The share of questions that is to go to the strong expert, 0...1.
    public let strongShare: Double

    public init(strongShare: Double = 0.5) {
        precondition((0...1).contains(strongShare), "a share lies between 0 and 1")
        self.strongShare = strongShare
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        let pair = try StrongWeakPair(of: evidence, for: name)
        let rater = SimilarityRater(evidence)
        let step = max(1, evidence.count / 1000)
        let chances = stride(from: 0, to: evidence.count, by: step).map { question in
            rater.ratings(for: evidence.views[question], without: question)
                .chance(of: pair.strong, against: pair.weak)
        }
        return StrongWeakRouter(
            rater: rater, pair: pair, threshold: StrongThreshold.reached(by: strongShare, of: chances))
    }
}

private struct SimilarityRater: ExpertRater {
    private let index: NeighbourIndex
    /// `[questions × experts]`; 0 where an expert was not asked.
    private let scores: [Float]
    /// `[questions × experts]`: 1 where it was asked; empty if all were.
    private let asked: [Float]
    private let means: [Float]

    init(_ evidence: Evidence) {
        index = NeighbourIndex(evidence.views.map(\.vector))
        scores = evidence.scores.map { $0.isNaN ? 0 : $0 }
        asked = evidence.scores.contains { $0.isNaN } ? evidence.scores.map { $0.isNaN ? 0 : 1 } : []
        means = evidence.overallMeans
    }

    func ratings(for view: QuestionView) -> Ratings { ratings(for: view, without: nil) }

    func ratings(for view: QuestionView, without left: Int?) -> Ratings {
        let weighted = weightedMeans(weights(for: view, without: left))
        return Ratings(
            strengths: BradleyTerry.strengths(ofScores: weighted),
            level: weighted.reduce(0, +) / Float(weighted.count))
    }

    /// ω of every question.
    private func weights(for view: QuestionView, without left: Int?) -> [Float] {
        var similarities = index.similarities(to: view.vector)
        if let left { similarities[left] = -.infinity }
        let nearest = similarities.reduce(-.infinity, max)
        // Where no question is similar, all count alike.
        guard nearest > 0 else { return similarities.map { $0 == -.infinity ? 0 : 10 } }
        let factor = naturalLogarithm(10) / Double(nearest)
        return similarities.map { 10 * Float(exponential(factor * Double($0))) }
    }

    private func weightedMeans(_ weights: [Float]) -> [Float] {
        var sums = [Float](repeating: 0, count: means.count)
        var counts = sums
        var total: Float = 0
        for (question, weight) in weights.enumerated() {
            let row = question * means.count..<(question + 1) * means.count
            RowArithmetic.add(weight, times: scores.span.extracting(row), to: &sums, from: 0)
            if asked.isEmpty {
                total += weight
            } else {
                RowArithmetic.add(weight, times: asked.span.extracting(row), to: &counts, from: 0)
            }
        }
        return means.indices.map { expert in
            let count = asked.isEmpty ? total : counts[expert]
            return count > 0 ? sums[expert] / count : means[expert]
        }
    }
}
