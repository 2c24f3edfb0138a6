import Bench
import Core
import Testing

struct BenchStrategyTests {
    private func read(_ text: String, seats: Int = 3, trim: Double = 0, routes: [Route] = []) throws -> BenchStrategy {
        try BenchStrategy(text, seats: seats, experts: ["general", "maths"], routes: routes, trim: trim)
    }

    @Test func everyFormIsUnderstood() throws {
        #expect(try read("single:maths").routing == RoutingPlan(strategy: .fixed, seats: 1, members: ["maths"]))
        #expect(try read("skill", seats: 5, trim: 0.05).routing == RoutingPlan(strategy: .skill, seats: 5, trim: 0.05))
        #expect(try read("vote").routing.members == ["general", "maths"])
        #expect(try read("value").routing == RoutingPlan(strategy: .value, seats: 1))
        #expect(try read("random").routing == RoutingPlan(strategy: .random, seats: 3))
        let synthesis = try read("synthesis:maths")
        #expect(synthesis.routing.strategy == .skill)
        #expect(synthesis.aggregation == AggregationPlan(method: .synthesis, writer: "maths"))
        let route = Route(name: "auto", routing: RoutingPlan(strategy: .value, seats: 2))
        #expect(try read("route:auto", routes: [route]).routing == route.routing)
    }

    @Test(arguments: [
        ("single:math", "expert \"math\": there is no such expert. Did you mean maths?"),
        ("skil", "strategy \"skil\": there is no such strategy. Did you mean skill?"),
        ("route:auto", "route \"auto\": there is no such route. There are none."),
    ])
    func aNameThatNothingHasIsAnsweredWithTheNearest(text: String, sentence: String) {
        let fault = #expect(throws: Fault.self) { try read(text) }
        #expect(fault?.sentence == sentence)
    }

    @Test(arguments: ["", ":", "single", "single:", "vote:x", "skill:3"])
    func aFormThatIsNotUnderstoodIsRefused(text: String) {
        #expect(throws: Fault.self) { try read(text) }
    }

    @Test func seatsAndTrimHaveTheirBounds() {
        #expect(throws: Fault.self) { try read("skill", seats: 0) }
        #expect(throws: Fault.self) { try read("skill", trim: 1.5) }
        #expect(throws: Fault.self) { try read("skill", trim: .nan) }
    }
}
