public import Core
import Gating

/// Recruits the experts whose profiles best cover the question's skills, by a seeded draw.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, steps D and E; `SuitabilityScore` and `SeatDraw` say how each number comes
/// about and where we differ. A question without known skills recruits uniformly at random, as in the authors' code.
public struct SkillRouter: RoutingStrategy {
    private let seatCount: Int
    private let draw: RoutingPlan.Draw
    private let repeats: Bool
    private let normaliser: RoutingPlan.Normaliser

    public let name = RoutingPlan.Strategy.skill.rawValue

    /// Takes the settings `seats`, `draw`, `repeats` and `normaliser` of an entry of `routing:`.
    public init(_ plan: RoutingPlan) {
        seatCount = plan.seats
        draw = plan.draw
        repeats = plan.repeats
        normaliser = plan.normaliser
    }

    public func recruit(for need: Need, from pool: [Contender], seed: UInt64) throws -> Recruitment {
        guard !need.skills.isEmpty else {
            return try seat(
                pool, local: pool.map { _ in 0 }, strength: pool.map { _ in 1 / Double(pool.count) },
                weights: pool.map { _ in 1 }, seed: seed, reason: "no known skill: every expert is as likely")
        }
        let score = try SuitabilityScore(of: pool, for: need, normaliser: normaliser)
        return try seat(
            pool, local: score.local, strength: score.strength, weights: score.weight, seed: seed,
            reason: reason(for: score))
    }

    private func seat(
        _ pool: [Contender], local: [Double], strength: [Double], weights: [Double], seed: UInt64, reason: String
    ) throws -> Recruitment {
        let shares: any Normaliser =
            normaliser == .softmax
            ? try Softmax(temperature: SuitabilityScore.temperature) : LinearShare()
        let draws = try SeatDraw(seats: seatCount, draw: draw, repeats: repeats)
            .choose(from: weights, normaliser: shares, seed: seed)
        let suitabilities = pool.indices.map { index in
            Recruitment.Suitability(
                expert: pool[index].card.id, local: local[index], strength: strength[index],
                weight: weights[index], probability: draws.shares[index])
        }
        return Recruitment(
            strategy: name, seats: draws.seats(of: pool), suitabilities: suitabilities.bestFirst, seed: seed,
            reason: reason)
    }

    private func reason(for score: SuitabilityScore) -> String {
        let how = draw == .top ? "the best" : repeats ? "drawn with repeats" : "drawn without repeats"
        guard score.local.contains(where: { $0 != 0 }) else {
            return "no record in these skills tips the scale: \(how) by general strength"
        }
        return score.local.contains { $0 > 0 }
            ? "\(how) by competency × strength"
            : "nobody is more often right than wrong here: \(how) by what is least bad"
    }
}

extension [Recruitment.Suitability] {
    /// Most probable first; ties keep the order of the configuration.
    var bestFirst: [Recruitment.Suitability] {
        enumerated().sorted { ($0.element.probability, $1.offset) > ($1.element.probability, $0.offset) }.map(\.element)
    }
}
