import Core
import Settings
import Testing

struct RoutingEntriesTests {
    @Test func entriesStandBesideThoseThatNeedNotBeWritten() {
        let text = """
            experts: {a: {base_url: "http://127.0.0.1:1/v1", model: m}}
            routing: {skill: {seats: 5}, pair: {strategy: fixed, members: [a, a]}}
            """
        let read = SettingsFile(text: text, name: "config.yaml", environment: [:])
        #expect(read.problems.isEmpty)
        #expect(
            read.settings.routings == [
                "skill": RoutingPlan(seats: 5), "value": RoutingPlan(strategy: .value, seats: 1),
                "random": RoutingPlan(strategy: .random),
                "pair": RoutingPlan(strategy: .fixed, members: ["a", "a"]),
            ])
    }
}
