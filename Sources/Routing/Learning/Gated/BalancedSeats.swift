import Core
private import Gating

/// Keeps any expert from holding more than a wanted share of the seats, by a bias that changes who is chosen only.
///
/// The bias of each expert is learned over the training questions, batch by batch (`LoadBalancer`), for every number of
/// seats of its own, with steps that shrink; then it stays. It is never above 0: who is below the share by itself is left
/// alone. So the share holds in the mean of questions like those learned from, not for each few of them. Source:
/// auxiliary-loss-free balancing (arXiv:2408.15664), which balances tokens over weight experts; a most share instead of
/// equal ones is ours. With a share of 1 the bias stays 0.
public struct BalancedSeats: RouterLearner {
    private let base: any RouterLearner
    private let mostShare: Double

    /// Wraps `base`; `mostShare` of all seats is the most for one expert, above 0. Where experts are too few for it, all
    /// hold the same.
    public init(_ base: any RouterLearner, mostShare: Double = 0.3) {
        precondition(mostShare > 0 && mostShare <= 1, "the most share lies above 0 and is at most 1")
        self.base = base
        self.mostShare = mostShare
    }

    public var name: String { "balanced(\(base.name))" }

    public var seesCategory: Bool { base.seesCategory }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        let inner = try base.learn(from: evidence, seed: seed)
        let sample = TrainingSample(of: evidence, by: inner, most: 1000)
        var biases: [[Float]] = []
        for seats in 1...max(1, min(Self.mostSeats, evidence.experts.count)) {
            biases.append(try bias(for: sample, experts: evidence.experts.count, seats: seats))
        }
        return BalancedRouter(inner: inner, biases: biases)
    }

    /// Beyond so many seats the bias is that of this many.
    private static let mostSeats = 8
    private static let rounds = 24
    private static let batch = 50

    private func bias(for sample: TrainingSample, experts: Int, seats: Int) throws -> [Float] {
        guard experts > 0, !sample.expected.isEmpty else { return [Float](repeating: 0, count: experts) }
        let share = max(mostShare, 1.000_001 / Double(experts))
        var balancer = try LoadBalancer(experts: experts, mostShare: min(1, share), rate: 0.02)
        let batches = try stride(from: 0, to: sample.expected.count, by: Self.batch).map { first in
            let rows = sample.expected[first..<min(first + Self.batch, sample.expected.count)]
            return try ScoreMatrix(rows: rows.count, experts: experts, values: rows.flatMap { $0 })
        }
        for round in 0..<Self.rounds {
            for scores in batches {
                let gate = try Gate(
                    transforms: [balancer.transform()], normaliser: Identity(), selector: TopK(count: seats))
                let selection = try gate.select(scores)
                var loads = [Int](repeating: 0, count: experts)
                for expert in selection.expert { loads[expert] += 1 }
                balancer.observe(loads: loads, partOfRate: 1 / Float(1 + round))
            }
        }
        return balancer.bias
    }
}

private struct BalancedRouter: GatedRouter {
    let inner: any LearnedRouter
    /// For one seat, two, …; `[seats][experts]`.
    let biases: [[Float]]

    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let bias = try SelectionBias(biases[min(max(seats, 1), biases.count) - 1])
        let gate = try Gate(transforms: [bias], normaliser: Identity(), selector: TopK(count: seats))
        return try plan(view.masked(expectations(for: view)), through: gate)
    }
}
