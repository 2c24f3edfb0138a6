package import Core
import Routing

/// With what probability a policy makes each recruitment for one question: what turns a logged decision into evidence
/// about another policy.
///
/// A policy that leaves nothing to chance makes one recruitment with probability 1. One that draws has the product of
/// its draws (`DrawOdds`), so a recruitment is what was drawn in its order.
package struct RecruitmentChances {
    private enum Form {
        /// Contenders by index, in seat order.
        case certain([Int])
        case drawn(DrawOdds)
    }

    /// Sets of contenders that the exact share of seats may be summed over; beyond them it is left unknown.
    private static let mostSets = 4096

    /// Who can be recruited; indices mean this list.
    package let contenders: [ExpertID]
    /// How many are recruited.
    package let seats: Int
    private let form: Form

    /// - Parameter pool: as the strategy takes it.
    package init(of plan: RoutingPlan, for need: Need, from pool: [Contender]) throws {
        contenders = pool.map(\.card.id)
        let places = Dictionary(contenders.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        guard !pool.isEmpty else {
            seats = 0
            form = .certain([])
            return
        }
        let recruited = try plan.makeStrategy().recruit(for: need, from: pool, seed: 0)
        seats = recruited.seats.count
        switch (plan.strategy, plan.draw) {
        case (.random, _), (.skill, .weighted):
            var shares = [Double](repeating: 0, count: pool.count)
            for suitability in recruited.suitabilities {
                if let place = places[suitability.expert] { shares[place] = suitability.probability }
            }
            form = .drawn(DrawOdds(shares: shares, repeats: plan.repeats))
        case (.skill, .top), (.value, _), (.fixed, _):
            form = .certain(recruited.seats.compactMap { places[$0.expert] })
        }
    }

    /// The probability of recruiting exactly these, in this order.
    package func probability(of recruited: [ExpertID]) -> Double {
        guard recruited.count == seats else { return 0 }
        let drawn = recruited.compactMap { contenders.firstIndex(of: $0) }
        guard drawn.count == seats, seats > 0 else { return 0 }
        switch form {
        case .certain(let chosen): return drawn == chosen ? 1 : 0
        case .drawn(let odds): return odds.probabilities(of: drawn).reduce(1, *)
        }
    }

    /// The expected share of the seats that each contender holds, `[contenders]`, sum 1; nil if too many recruitments
    /// are possible to count.
    package var seatShares: [Double]? {
        switch form {
        case .certain(let chosen):
            var shares = [Double](repeating: 0, count: contenders.count)
            for contender in chosen { shares[contender] += 1 / Double(chosen.count) }
            return shares
        case .drawn(let odds):
            let total = odds.shares.reduce(0, +)
            if odds.repeats || seats == 1 { return odds.shares.map { $0 / total } }
            return sharesWithoutRepeats(odds.shares)
        }
    }

    /// Sums over the sets of contenders that can have been drawn, one draw after the other.
    private func sharesWithoutRepeats(_ weights: [Double]) -> [Double]? {
        guard weights.count <= UInt128.bitWidth else { return nil }
        var sets: [(members: UInt128, probability: Double)] = [(0, 1)]
        for _ in 1..<seats {
            var next: [(members: UInt128, probability: Double)] = []
            for set in sets {
                let left = rest(of: weights, without: set.members)
                for (contender, weight) in left.weights.enumerated() where weight > 0 {
                    next.append((set.members | 1 << contender, set.probability * weight / left.total))
                }
            }
            sets = Self.merged(next)
            guard sets.count <= Self.mostSets else { return nil }
        }
        var shares = [Double](repeating: 0, count: weights.count)
        for set in sets {
            let left = rest(of: weights, without: set.members)
            for contender in weights.indices {
                let isMember = set.members & (1 << contender) != 0
                shares[contender] += set.probability * (isMember ? 1 : left.weights[contender] / left.total)
            }
        }
        return shares.map { $0 / Double(seats) }
    }

    private func rest(of weights: [Double], without members: UInt128) -> (weights: [Double], total: Double) {
        let left = weights.indices.map { members & (1 << $0) == 0 ? weights[$0] : 0 }
        return (left, left.reduce(0, +))
    }

    /// Each set once, in an order that is the same everywhere.
    private static func merged(
        _ sets: [(members: UInt128, probability: Double)]
    ) -> [(members: UInt128, probability: Double)] {
        var merged: [(members: UInt128, probability: Double)] = []
        // Ties are broken by the probability, since sorting promises no order among equals.
        for set in sets.sorted(by: { ($0.members, $0.probability) < ($1.members, $1.probability) }) {
            if merged.last?.members == set.members {
                merged[merged.count - 1].probability += set.probability
            } else {
                merged.append(set)
            }
        }
        return merged
    }
}
