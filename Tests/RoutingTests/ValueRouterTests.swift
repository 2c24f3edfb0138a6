import Core
import Routing
import Testing

struct ValueRouterTests {
    /// small: 3 right, 1 wrong → 4/6; large: 7 right, 1 wrong → 8/10. Prices 0.1 and 1, so relative 0.1 and 1.
    /// λ = 0.2: small 0.6667 − 0.02 = 0.6467, large 0.8 − 0.2 = 0.6: the small one. λ = 0.05: 0.6617 against 0.75.
    @Test func weighsAccuracyAgainstPriceByHand() throws {
        let pool = [
            Contender(
                card: ExpertCard(id: "small", kind: .openai, price: Price(input: 0.05, output: 0.05)),
                profile: Profile(expert: "small", records: ["law": SkillRecord(right: 3, wrong: 1)])),
            Contender(
                card: ExpertCard(id: "large", kind: .openai, price: Price(input: 0.5, output: 0.5)),
                profile: Profile(expert: "large", records: ["law": SkillRecord(right: 7, wrong: 1)])),
        ]
        let thrifty = ValueRouter(RoutingPlan(strategy: .value, seats: 1, priceWeight: 0.2))
        let generous = ValueRouter(RoutingPlan(strategy: .value, seats: 1, priceWeight: 0.05))
        let first = try thrifty.recruit(for: Make.need("law"), from: pool, seed: 0)
        #expect(first.experts == ["small"])
        #expect(first.seats.map(\.probability) == [1])
        #expect(abs(first.suitabilities[0].weight - (4.0 / 6 - 0.02)) < 1e-9)
        #expect(try generous.recruit(for: Make.need("law"), from: pool, seed: 0).experts == ["large"])
    }
}
