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
}
