import Core
import Pipeline
import Support
import Testing

/// Who has become worse by its canaries.
struct DemotionTests {
    private let canaries = CanaryShelf(
        CanaryBook(
            [10, 10, 10, 1, 1].map {
                CanaryRound(
                    expert: "a", skill: "algebra", identity: "", result: WilsonShare(right: $0, of: 10),
                    at: Timestamp(microseconds: 0))
            }, baseline: 30
        ) { _, _ in "" })

    private func shop(_ plan: RoutingPlan) -> Workshop {
        Workshop(
            ["a", "b"].map { FakeExpert(ExpertID($0), replies: [.says($0)]) },
            routes: [Route(name: "auto", routing: plan)],
            canaries: canaries)
    }

    @Test func theFallenIsNotRecruitedForThatSkill() async throws {
        let shop = shop(RoutingPlan(strategy: .random, seats: 1))
        for _ in 0..<8 {
            let (_, trace) = try await shop.pipeline.answer(Question("Solve for x: x = 1"), model: "auto")
            #expect(trace.recruitment.experts == ["b"])
            #expect(
                trace.recruitment.excluded.first?.because.hasPrefix("demoted in algebra: its canaries fell") == true)
        }
        let others = try await (0..<32).asyncMap { _ in
            try await shop.pipeline.answer(Question("Is this contract void?"), model: "auto").trace.recruitment.experts
        }
        #expect(others.contains(["a"]))
    }

    @Test func whoIsNamedIsAskedAllTheSame() async throws {
        let shop = shop(RoutingPlan(strategy: .fixed, members: ["a"]))
        let question = Question("Solve for x: x = 1")
        #expect(try await shop.pipeline.answer(question, model: "auto").answer.text == "a")
        #expect(try await shop.pipeline.answer(question, model: "a").answer.text == "a")
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ change: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await change(element)) }
        return values
    }
}
