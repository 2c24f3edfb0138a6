import Core
import Routing
import Testing

/// The probability that stands beside a seat is the one its draw really had.
struct DrawOddsTests {
    /// Profiles e1 {law 1}, e2 {law 2}, e3 {law 3}: s = 1, 2, 3; γ = 1/14, 4/14, 9/14; weights 1, 8, 27 of 36.
    private let pool = (1...3).map { Make.contender(ExpertID("e\($0)"), ["law": Double($0)]) }
    private let shares: [ExpertID: Double] = ["e1": 1.0 / 36, "e2": 8.0 / 36, "e3": 27.0 / 36]

    private func recruit(_ plan: RoutingPlan, seed: UInt64) throws -> Recruitment {
        try SkillRouter(plan).recruit(for: Make.need("law"), from: pool, seed: seed)
    }

    @Test func withRepeatsEveryDrawHasTheShare() throws {
        for seed in 0..<50 {
            for seat in try recruit(RoutingPlan(), seed: UInt64(seed)).seats {
                #expect(abs(seat.probability - (shares[seat.expert] ?? 0)) < 1e-6)
            }
        }
    }

    /// Without repeats a drawn expert leaves. For e3, e2, e1: 27/36, then 8 of the 9 left, then 1 of 1.
    @Test func withoutRepeatsADrawKnowsTheEarlierOnes() throws {
        var seen: Set<[ExpertID]> = []
        for seed in 0..<500 {
            let seats = try recruit(RoutingPlan(repeats: false), seed: UInt64(seed)).seats
            seen.insert(seats.map(\.expert))
            var left = 1.0
            for seat in seats {
                let share = shares[seat.expert] ?? 0
                #expect(abs(seat.probability - share / left) < 1e-5)
                left -= share
            }
            #expect(seats.last.map { abs($0.probability - 1) < 1e-6 } == true)
        }
        #expect(seen.contains(["e3", "e2", "e1"]) && seen.contains(["e2", "e3", "e1"]))
        let odds = DrawOdds(shares: [1, 8, 27], repeats: false).probabilities(of: [2, 1, 0])
        #expect(odds == [27.0 / 36, 8.0 / 9, 1])
    }

    @Test func theBestLeaveNothingToChance() throws {
        let seats = try recruit(RoutingPlan(draw: .top), seed: 1).seats
        #expect(seats.map(\.expert) == ["e3", "e2", "e1"])
        #expect(seats.map(\.probability) == [1, 1, 1])
    }

    @Test func aDrawThatCannotBeHasNoChance() {
        #expect(DrawOdds(shares: [1, 1], repeats: false).probabilities(of: [0, 0, 1]) == [0.5, 0, 1])
        #expect(DrawOdds(shares: [0, 0], repeats: true).probabilities(of: [0]) == [0])
    }

    /// Law: each recruitment comes as often as the product of its draws says. 6 recruitments of two seats, 12,000 seeds;
    /// chi-square with five degrees of freedom, 20.5 is the 0.1 % point.
    @Test func recruitmentsComeAsOftenAsTheProductSays() throws {
        let wide = [3.0, 4, 5].enumerated().map { Make.contender(ExpertID("e\($0)"), ["law": $1]) }
        var counts: [[ExpertID]: Double] = [:]
        var expected: [[ExpertID]: Double] = [:]
        for seed in 0..<12_000 {
            let seats = try SkillRouter(RoutingPlan(seats: 2, repeats: false))
                .recruit(for: Make.need("law"), from: wide, seed: UInt64(seed)).seats
            counts[seats.map(\.expert), default: 0] += 1
            expected[seats.map(\.expert)] = 12_000 * seats.reduce(1) { $0 * $1.probability }
        }
        #expect(expected.count == 6)
        #expect(abs(expected.values.reduce(0, +) - 12_000) < 1)
        let chiSquare = expected.reduce(0) { sum, entry in
            let difference = (counts[entry.key] ?? 0) - entry.value
            return sum + difference * difference / entry.value
        }
        #expect(chiSquare < 20.5)
    }
}
