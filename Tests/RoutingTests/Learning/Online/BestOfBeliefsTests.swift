import Core
import Routing
import Testing

struct BestOfBeliefsTests {
    /// x has density 2x (Beta(2, 1)), y is uniform: P(x > y) = ∫ 2x · x dx = 2/3.
    @Test func knowsTheChancesOfTwoBeliefsByHand() {
        let best = BestOfBeliefs([
            BetaBelief(successes: 2, failures: 1), BetaBelief(successes: 1, failures: 1),
        ])
        let chances = best.chances(among: [0, 1])
        #expect(abs(chances[0] - 2 / 3) < 1e-4)
        #expect(abs(chances[1] - 1 / 3) < 1e-4)
    }

    @Test func equalBeliefsHaveEqualChances() {
        let best = BestOfBeliefs(Array(repeating: BetaBelief(successes: 300, failures: 40), count: 4))
        for chance in best.chances(among: [0, 1, 2, 3]) { #expect(abs(chance - 0.25) < 1e-9) }
        #expect(best.chances(among: [2]) == [1])
        #expect(best.chances(among: []).isEmpty)
    }

    @Test(arguments: [1, 2, 3])
    func agreesWithDraws(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let beliefs = (0..<6).map { _ in
            BetaBelief(successes: 0.5 + 20 * random.unit(), failures: 0.5 + 20 * random.unit())
        }
        let members = [0, 2, 3, 5]
        let chances = BestOfBeliefs(beliefs).chances(among: members)
        #expect(abs(chances.reduce(0, +) - 1) < 1e-9)
        var wins = [Double](repeating: 0, count: members.count)
        for _ in 0..<20_000 {
            let draws = members.map { random.beta(beliefs[$0].successes, beliefs[$0].failures) }
            let best = draws.indices.max { draws[$0] < draws[$1] } ?? 0
            wins[best] += 1 / 20_000
        }
        // Five spreads of a share of 20,000 draws are at most 0.018.
        for (chance, share) in zip(chances, wins) { #expect(abs(chance - share) < 0.018) }
    }
}
