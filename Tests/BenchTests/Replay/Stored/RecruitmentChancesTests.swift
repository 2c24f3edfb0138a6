import Bench
import Core
import Support
import Testing

struct RecruitmentChancesTests {
    /// As in `DrawOddsTests`: weights 1, 8, 27 of 36.
    private let pool = (1...3).map { number in
        let id = ExpertID("e\(number)")
        return Contender(
            card: ExpertCard(id: id, kind: .scripted),
            profile: Profile(expert: id, records: ["law": SkillRecord(right: Double(number))]))
    }

    private func chances(_ plan: RoutingPlan) throws -> RecruitmentChances {
        try RecruitmentChances(of: plan, for: JudgedWorld.need("law"), from: pool)
    }

    @Test func aRecruitmentIsTheProductOfItsDraws() throws {
        let repeating = try chances(RoutingPlan(seats: 2))
        #expect(abs(repeating.probability(of: ["e3", "e2"]) - 27.0 / 36 * 8 / 36) < 1e-6)
        #expect(abs(repeating.probability(of: ["e3", "e3"]) - 27.0 / 36 * 27 / 36) < 1e-6)
        let once = try chances(RoutingPlan(seats: 2, repeats: false))
        #expect(abs(once.probability(of: ["e3", "e2"]) - 27.0 / 36 * 8 / 9) < 1e-6)
        #expect(once.probability(of: ["e3", "e3"]) == 0)
    }

    @Test func whatIsNotDrawnIsCertainOrImpossible() throws {
        let top = try chances(RoutingPlan(seats: 2, draw: .top))
        #expect(top.probability(of: ["e3", "e2"]) == 1 && top.probability(of: ["e2", "e3"]) == 0)
        #expect(top.seatShares == [0, 0.5, 0.5])
        let fixed = try chances(RoutingPlan(strategy: .fixed, members: ["e1", "e1", "e2"]))
        #expect(fixed.probability(of: ["e1", "e1", "e2"]) == 1)
        #expect(fixed.seats == 3)
        let value = try chances(RoutingPlan(strategy: .value, seats: 1))
        #expect(value.probability(of: ["e3"]) == 1)
    }

    @Test func strangersAndOtherNumbersHaveNoChance() throws {
        let drawn = try chances(RoutingPlan(strategy: .random, seats: 1))
        #expect(drawn.probability(of: ["nobody"]) == 0)
        #expect(drawn.probability(of: ["e1", "e1"]) == 0)
        #expect(drawn.probability(of: []) == 0)
        #expect(abs(drawn.probability(of: ["e1"]) - 1.0 / 3) < 1e-7)
    }

    /// Two seats without repeats. e1 sits with 1/36 + 8/36 · 1/28 + 27/36 · 1/9 = 5/42, e2 with 8/36 + 1/36 · 8/35 +
    /// 27/36 · 8/9 = 94/105, e3 with 27/36 + 1/36 · 27/35 + 8/36 · 27/28 = 69/70; half of each is the share of seats.
    @Test func sharesOfSeatsWithoutRepeatsByHand() throws {
        let shares = try #require(try chances(RoutingPlan(seats: 2, repeats: false)).seatShares)
        for (share, expected) in zip(shares, [5.0 / 84, 47.0 / 105, 69.0 / 140]) {
            #expect(abs(share - expected) < 1e-6)
        }
        let all = try #require(try chances(RoutingPlan(seats: 9, repeats: false)).seatShares)
        for share in all { #expect(abs(share - 1.0 / 3) < 1e-6) }
        let drawn = try #require(try chances(RoutingPlan(seats: 2)).seatShares)
        for (share, expected) in zip(drawn, [1.0 / 36, 8.0 / 36, 27.0 / 36]) { #expect(abs(share - expected) < 1e-6) }
    }

    /// Law: over all recruitments of two seats the probabilities sum to one.
    @Test(arguments: [true, false])
    func theProbabilitiesOfAllRecruitmentsSumToOne(repeats: Bool) throws {
        let chances = try chances(RoutingPlan(seats: 2, repeats: repeats))
        let ids = chances.contenders
        let sum = ids.reduce(0) { sum, first in
            sum + ids.reduce(0) { $0 + chances.probability(of: [first, $1]) }
        }
        #expect(abs(sum - 1) < 1e-9)
    }

    @Test func tooManyPossibilitiesAreNotCounted() throws {
        let many = (0..<200).map { number in
            let id = ExpertID("e\(number)")
            return Contender(card: ExpertCard(id: id, kind: .scripted), profile: Profile(expert: id))
        }
        let plan = RoutingPlan(strategy: .random, seats: 8, repeats: false)
        #expect(try RecruitmentChances(of: plan, for: JudgedWorld.need(), from: many).seatShares == nil)
        #expect(try RecruitmentChances(of: plan, for: JudgedWorld.need(), from: Array(many[..<40])).seatShares == nil)
        #expect(try RecruitmentChances(of: plan, for: JudgedWorld.need(), from: Array(many[..<9])).seatShares != nil)
    }

    @Test func nobodyIsRecruitedFromNobody() throws {
        let chances = try RecruitmentChances(of: RoutingPlan(), for: JudgedWorld.need("law"), from: [])
        #expect(chances.seats == 0 && chances.probability(of: []) == 0)
    }
}
