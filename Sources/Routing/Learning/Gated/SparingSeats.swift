import Core
private import Gating

/// Leaves seats empty where nobody else is worth asking: null experts, which cost nothing, compete for every seat but the
/// first.
///
/// All null experts have one score, learned so that over the training questions a wanted share of the seats is filled: the
/// expectation that only that share of those in the later seats passes. Source: AdaMoE (arXiv:2406.13233), whose balance
/// loss holds the mean use of nulls, as this share does; there null scores are learned with the router, and the first seat
/// may stay empty too. With a share of 1 all seats are filled.
public struct SparingSeats: RouterLearner {
    private let base: any RouterLearner
    private let share: Double

    /// Wraps `base`; `share` of the seats, above 0 and at most 1, are filled in the mean. The first always is.
    public init(_ base: any RouterLearner, share: Double = 0.6) {
        precondition(share > 0 && share <= 1, "the share of filled seats lies above 0 and is at most 1")
        self.base = base
        self.share = share
    }

    public var name: String { "sparing(\(base.name))" }

    public var seesCategory: Bool { base.seesCategory }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        let inner = try base.learn(from: evidence, seed: seed)
        let sample = TrainingSample(of: evidence, by: inner, most: 1000)
        let ranked = sample.expected.map { $0.filter { $0 > -.infinity }.sorted(by: >) }
        let scores = (0...max(1, evidence.experts.count)).map { nullScore(ranked, seats: $0) }
        return SparingRouter(inner: inner, nullScores: scores)
    }

    /// The score of null experts for a number of seats: such that `share` of them are filled.
    private func nullScore(_ ranked: [[Float]], seats: Int) -> Float {
        guard share < 1, seats > 1 else { return -.infinity }
        let later = ranked.flatMap { $0.prefix(seats).dropFirst() }.sorted(by: >)
        let places = ranked.reduce(0) { $0 + min(seats, $1.count) }
        let filled = Int(share * Double(places)) - (places - later.count)
        guard filled > 0 else { return .infinity }
        return filled < later.count ? later[filled - 1] : -.infinity
    }
}

private struct SparingRouter: GatedRouter {
    let inner: any LearnedRouter
    /// By the number of seats.
    let nullScores: [Float]

    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let gate = try Gate(
            normaliser: Identity(),
            selector: NullExperts(
                count: seats, nulls: max(0, seats - 1), score: nullScores[min(seats, nullScores.count - 1)], minimum: 1)
        )
        return try plan(view.masked(expectations(for: view)), through: gate)
    }
}
