import Bench
import Core
import Pipeline
import Support
import Testing

struct RunPlannerTests {
    private func planner(_ rig: Rig) -> RunPlanner {
        RunPlanner(
            directory: rig.directory, needs: rig.needs, profiles: rig.profiles, store: rig.store,
            lanes: VisitLanes(["a": "one", "b": "one"]))
    }

    private func rig() -> Rig {
        let price = Price(input: 0, output: 1_000_000)
        let replies: @Sendable (Question, Int) async throws -> FakeExpert.Reply = { question, _ in
            .says("#### \(question.number)")
        }
        var rig = Rig(
            FakeExpert("a", concurrent: 1, price: price, reply: replies),
            FakeExpert("b", concurrent: 1, price: price, reply: replies))
        rig.skills = [Skill(name: "sums", description: "", keywords: ["number"])]
        rig.marks = [
            Mark(
                expert: "a", skill: "sums", skillVersion: "1", question: "x", isRight: true, at: .init(microseconds: 0)),
            Mark(
                expert: "a", skill: "sums", skillVersion: "1", question: "y", isRight: true, at: .init(microseconds: 0)),
        ]
        return rig
    }

    @Test func aPlanCountsCallsTokensMoneyAndLoadsAndAsksNobody() async throws {
        let rig = rig()
        let plan = try await planner(rig).plan(try rig.order("vote", numbers(5), maximumTokens: 7))
        #expect((plan.questions, plan.calls, plan.loads, plan.loadsByArrival) == (5, 10, 2, 10))
        // As long as they may be: 5 · 7 tokens at a dollar each.
        #expect(plan.experts.map(\.dollars) == [35, 35])
        #expect(plan.mostDollars == 70)
        #expect(plan.seconds == nil, "nobody knows how fast they are")
        #expect(plan.skills.map(\.skill) == ["sums"])
        #expect(rig.experts.allSatisfy { $0.questions.isEmpty })
    }

    @Test func earlierRunsTellLengthAndPace() async throws {
        let rig = rig()
        try await rig.run(try rig.order("vote", numbers(2)))
        let plan = try await planner(rig).plan(try rig.order("vote", numbers(5), maximumTokens: 700))
        #expect(plan.experts.map(\.basis) == [2, 2])
        #expect(plan.dollars < plan.mostDollars)
        #expect(plan.seconds != nil)
    }

    @Test func aListThatGoesAsABatchIsPlannedAtItsPriceAndForNoKnownTime() async throws {
        struct Post: BatchTaker {
            let price = Price(input: 0, output: 500_000)

            func answer(
                _ list: [ListedQuestion], for owner: String, news: @Sendable (BatchNews) -> Void,
                arrived: (String, Result<Answer, Fault>) async throws -> Void
            ) async throws { throw Fault(.unsupported, "a", "a plan sends nothing") }
        }
        let rig = rig()
        let planner = RunPlanner(
            directory: rig.directory, needs: rig.needs, profiles: rig.profiles, store: rig.store, lanes: .single,
            takers: ["a": Post()])
        let plan = try await planner.plan(try rig.order("vote", numbers(5), maximumTokens: 7))
        #expect(plan.experts.map(\.dollars) == [17.5, 35] && plan.seconds == nil)
        #expect(plan.notes == ["a gets its list as one batch, at the price of batches; it may take a day"])
    }

    @Test func oneQuestionIsExplainedWithWhatWouldChangeTheChoice() async throws {
        let rig = rig()
        let plan = try await planner(rig).plan(try rig.order("skill", numbers(1), seats: 1))
        #expect(plan.need?.skills == ["sums"])
        #expect(plan.recruitment?.seats.map(\.expert) == ["a"])
        #expect(plan.changes.first == "no other seed changes who is recruited")
        #expect(plan.changes.last?.hasPrefix("b would suit it better than a with ") == true, "\(plan.changes)")
    }
}
