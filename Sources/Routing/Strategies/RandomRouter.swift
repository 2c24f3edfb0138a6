public import Core
import Gating

/// Recruits at random, whatever the question: the baseline that every other strategy has to beat.
public struct RandomRouter: RoutingStrategy {
    private let draw: SeatDraw

    public let name = RoutingPlan.Strategy.random.rawValue

    /// Takes the settings `seats` and `repeats`.
    public init(_ plan: RoutingPlan) { draw = SeatDraw(seats: plan.seats, draw: .weighted, repeats: plan.repeats) }

    public func recruit(for need: Need, from pool: [Contender], seed: UInt64) throws -> Recruitment {
        let draws = try draw.choose(from: pool.map { _ in 1 }, normaliser: LinearShare(), seed: seed)
        return Recruitment(
            strategy: name, seats: draws.seats(of: pool),
            suitabilities: zip(pool, draws.shares).map { contender, share in
                .init(expert: contender.card.id, local: 0, strength: 0, weight: 1, probability: share)
            }, seed: seed, reason: "uniformly at random")
    }
}
