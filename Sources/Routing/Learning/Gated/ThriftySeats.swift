import Core
import Gating

/// Asks the expert that is best worth its size, so that a question takes no more parameters (or dollars) in the mean than a
/// given share of what the best single expert takes.
///
///     value(e) = expected(e) − λ · cost(e) / max(cost)
///
/// λ is the least that keeps the mean cost of the choices on questions of the evidence within the share; it is found by
/// halving. Source: performance minus weighted cost, RouterBench (arXiv:2403.12031, section 4); the mean active
/// parameters as what is held down are those of Composition of Experts (arXiv:2412.01868). Cost is dollars where every
/// expert has a price, else active parameters; an expert whose cost is not known is not asked. A share of 0 asks the
/// cheapest, and one that is never passed changes nothing.
public struct ThriftySeats: RouterLearner {
    private static let most = 4_000
    private static let halvings = 30

    private let base: any RouterLearner
    private let share: Double

    /// - Parameter share: of the best single expert's cost, 0 or more.
    public init(_ base: any RouterLearner, share: Double = 0.5) {
        precondition(share >= 0, "a share is not negative")
        self.base = base
        self.share = share
    }

    public var name: String { "thrifty(\(base.name))" }

    public var seesCategory: Bool { base.seesCategory }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        let costs = try knownCosts(of: evidence)
        let inner = try base.learn(from: evidence, seed: seed)
        let means = evidence.overallMeans
        let priced = means.indices.filter { !costs[$0].isNaN }
        let best = priced.max { (means[$0], $1) < (means[$1], $0) }
        let goal = Float(share) * (best.map { costs[$0] } ?? 1)
        let sample = TrainingSample(of: evidence, by: inner, most: Self.most)
        func meanCost(_ weight: Float) -> Float {
            let chosen = sample.expected.map { expected in
                Self.best(of: expected, costs, weight).map { costs[$0] } ?? 0
            }
            return chosen.reduce(0, +) / Float(max(chosen.count, 1))
        }
        var low: Float = 0
        var high: Float = 0
        if meanCost(0) > goal {
            high = 1
            while high < 1_024, meanCost(high) > goal { high *= 2 }
            for _ in 0..<Self.halvings {
                let middle = (low + high) / 2
                if meanCost(middle) > goal { low = middle } else { high = middle }
            }
        }
        return ThriftyRouter(inner: inner, costs: costs, weight: high)
    }

    /// Dollars or active parameters as shares of the largest; NaN where unknown, `[experts]`.
    private func knownCosts(of evidence: Evidence) throws -> [Float] {
        let dollars = evidence.experts.map(\.dollars)
        let costs = dollars.contains { $0 == nil } ? evidence.experts.map(\.activeParameters) : dollars
        guard let largest = costs.compactMap({ $0 }).max(), largest > 0 else {
            throw Fault(
                .invalidSettings, name, "no expert's price or size is known",
                expected: "Dollars with the outcomes, or sizes in the experts' names, such as llama-8b",
                hint: "Replay \(base.name) without thrift")
        }
        return costs.map { $0.map { Float($0 / largest) } ?? .nan }
    }

    /// The expert of the best value; of several the first.
    fileprivate static func best(of expected: [Float], _ costs: [Float], _ weight: Float) -> Int? {
        expected.indices.filter { !(expected[$0] - weight * costs[$0]).isNaN }
            .max { (expected[$0] - weight * costs[$0], $1) < (expected[$1] - weight * costs[$1], $0) }
    }
}

private struct ThriftyRouter: GatedRouter {
    let inner: any LearnedRouter
    let costs: [Float]
    let weight: Float

    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let expected = view.masked(expectations(for: view))
        let values = zip(expected, costs).map { $0 - weight * $1 }
        var plan = try plan(values, through: Gate(normaliser: Identity(), selector: TopK(count: seats)))
        plan.expected = expected
        return plan
    }
}
