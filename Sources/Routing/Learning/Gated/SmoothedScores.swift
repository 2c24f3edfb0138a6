import Core
private import Gating

/// Lets the training questions that are most alike vote on what is expected of the experts, so that two nearly equal
/// questions do not recruit differently by a hair.
///
/// `p̃(q) = (1 − mix) p(q) + mix Σ_j S_j p(q_j)`, S a softmax of the cosines with at most `sample` training questions
/// (`NeighbourSmoothing`). What is smoothed is what the wrapped router *expects*, not what was recorded: that is
/// the neighbours' own affair. Source: similarity-aware routing over a graph of tokens (arXiv:2505.00792); its graph is
/// the batch, here it is what was learned from. With a mix of 0 nothing changes.
public struct SmoothedScores: RouterLearner {
    private let base: any RouterLearner
    private let mix: Double
    private let temperature: Double
    private let sample: Int

    /// Wraps `base`; `mix` is the neighbours' part, 0...1.
    public init(_ base: any RouterLearner, mix: Double = 0.5, temperature: Double = 0.05, sample: Int = 500) {
        precondition((0...1).contains(mix), "the part of neighbours lies between 0 and 1")
        precondition(temperature > 0 && sample >= 0, "a temperature is above 0, a sample not below")
        self.base = base
        self.mix = mix
        self.temperature = temperature
        self.sample = sample
    }

    public var name: String { "smoothed(\(base.name))" }

    public var seesCategory: Bool { base.seesCategory }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        let inner = try base.learn(from: evidence, seed: seed)
        let dimension = evidence.views.first?.vector.count ?? 0
        guard evidence.views.allSatisfy({ $0.vector.count == dimension }) else {
            throw Fault(
                .invalidRequest, name, "the questions' vectors differ in length", expected: "All of one embedder.")
        }
        let sample = TrainingSample(of: evidence, by: inner, most: sample)
        return SmoothedRouter(
            inner: inner, smoothing: try NeighbourSmoothing(mix: mix, temperature: temperature),
            neighbours: try ScoreMatrix(
                rows: sample.views.count, experts: evidence.experts.count, values: sample.expected.flatMap { $0 }),
            vectors: sample.views.flatMap(\.vector), dimension: dimension)
    }
}

private struct SmoothedRouter: LearnedRouter {
    let inner: any LearnedRouter
    let smoothing: NeighbourSmoothing
    let neighbours: ScoreMatrix
    /// `[neighbours × dimension]`
    let vectors: [Float]
    let dimension: Int

    /// A question whose vector is not of the length learned from stays as it is.
    func expectations(for view: QuestionView) -> [Float] {
        let expected = inner.expectations(for: view)
        guard view.vector.count == dimension else { return expected }
        return (try? smoothing.smooth(expected, vector: view.vector, by: neighbours, vectors: vectors)) ?? expected
    }

    func isEnough(_ heard: [HeardAnswer], of plan: SeatPlan, for view: QuestionView) -> Bool {
        inner.isEnough(heard, of: plan, for: view)
    }
}
