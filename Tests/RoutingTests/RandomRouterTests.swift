import Core
import Routing
import Testing

struct RandomRouterTests {
    private let pool = ["a", "b", "c", "d"].map { Make.contender(ExpertID($0), [:]) }

    @Test func everyExpertIsRecruitedAsOftenAsAnyOther() throws {
        let router = RandomRouter(RoutingPlan(strategy: .random, seats: 1))
        var counts: [ExpertID: Int] = [:]
        for seed in 0..<4_000 {
            for expert in try router.recruit(for: Make.need("law"), from: pool, seed: UInt64(seed)).experts {
                counts[expert, default: 0] += 1
            }
        }
        // 1,000 each is expected; five standard deviations of a binomial are 137.
        for expert in pool { #expect(abs((counts[expert.card.id] ?? 0) - 1_000) < 137) }
    }

    @Test func theSameSeedRecruitsTheSame() throws {
        let router = RandomRouter(RoutingPlan(strategy: .random, seats: 3))
        for seed: UInt64 in 0..<50 {
            #expect(
                try router.recruit(for: Make.need(), from: pool, seed: seed)
                    == router.recruit(for: Make.need("law"), from: pool, seed: seed))
        }
    }

    @Test func withoutRepeatsNobodySitsTwice() throws {
        let router = RandomRouter(RoutingPlan(strategy: .random, seats: 4, repeats: false))
        for seed: UInt64 in 0..<50 {
            #expect(Set(try router.recruit(for: Make.need(), from: pool, seed: seed).seats.map(\.expert)).count == 4)
        }
    }

    /// Four experts, three seats, no repeats: 1/4, then 1/3, then 1/2.
    @Test func aSeatHasTheProbabilityOfItsDrawAfterTheEarlierOnes() throws {
        let once = try RandomRouter(RoutingPlan(strategy: .random, seats: 3, repeats: false))
            .recruit(for: Make.need(), from: pool, seed: 5)
        for (seat, expected) in zip(once.seats, [1.0 / 4, 1.0 / 3, 1.0 / 2]) {
            #expect(abs(seat.probability - expected) < 1e-12)
        }
        let again = try RandomRouter(RoutingPlan(strategy: .random, seats: 3))
            .recruit(for: Make.need(), from: pool, seed: 5)
        #expect(again.seats.map { $0.probability } == [0.25, 0.25, 0.25])
    }

    @Test func saysWhoWasConsidered() throws {
        let recruited = try RandomRouter(RoutingPlan(strategy: .random, seats: 1))
            .recruit(for: Make.need(), from: pool, seed: 5)
        #expect(recruited.suitabilities.map(\.expert) == ["a", "b", "c", "d"])
        #expect(recruited.suitabilities.allSatisfy { $0.probability == 0.25 })
    }
}
