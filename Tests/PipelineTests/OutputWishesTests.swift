import Core
import Pipeline
import Support
import Testing

/// What a client wants beyond text decides who may answer, and how many.
struct OutputWishesTests {
    private func question(_ change: (inout OutputWishes) -> Void) -> Question {
        var question = Question("Add 1 and 2")
        change(&question.output)
        return question
    }

    @Test func callsAreAskedOfOneExpertBecauseTheyCannotBeVotedOn() async throws {
        let experts = ["a", "b", "c"].map { FakeExpert(ExpertID($0), replies: [.says("ok")]) }
        let shop = Workshop(experts, routes: [Workshop.everybody(["a", "b", "c"])])
        let (_, trace) = try await shop.pipeline.answer(question { $0.tools = [Tool(name: "add")] }, model: "auto")
        #expect(experts.reduce(0) { $0 + $1.questions.count } == 1)
        #expect(trace.recruitment.seats.count == 1)
    }

    @Test func expertsThatCannotAreNotAsked() async throws {
        let expert = FakeExpert("a", replies: [.says("ok")])
        let shop = Workshop([expert], routes: [Workshop.everybody(["a"])])
        for model in ["auto", "a"] {
            let fault = await #expect(throws: Fault.self) {
                try await shop.pipeline.answer(question { $0.tokenProbabilities = 3 }, model: model)
            }
            #expect(fault?.code == .unsupported)
            #expect(fault?.expected == "a does not tell how likely its tokens were")
        }
        #expect(expert.questions.isEmpty)
    }

    @Test func aWishedBudgetOnlyEverLowersTheRoutes() async throws {
        let route = Budget(cost: 1, time: .seconds(60), calls: 2)
        #expect(
            route.tightened(by: Budget(cost: 2, time: .seconds(5))) == Budget(cost: 1, time: .seconds(5), calls: 2))
        let experts = ["a", "b"].map { FakeExpert(ExpertID($0), replies: [.says("#### 1")]) }
        let shop = Workshop(experts, routes: [Workshop.everybody(["a", "b"])])
        let (_, trace) = try await shop.pipeline.answer(
            Question("?"), model: "auto", wishes: Wishes(budget: Budget(calls: 1)))
        #expect(trace.attempts.compactMap(\.fault).map(\.code) == [.overBudget])
    }

    @Test func whoSpeaksIsKeptBackUntilSomethingIsSaid() async throws {
        func event(_ text: String, _ pieces: [AnswerPiece]) -> AnswerPiece {
            .original(OriginalEvent(bytes: Array(text.utf8), members: [], pieces: pieces))
        }
        let failing = FakeExpert(
            "a", replies: [.init(pieces: [event("role of a", [])], fault: Fault(.expertCutOff, "a", "cut"))])
        let spare = FakeExpert(
            "b", replies: [.init(pieces: [event("role of b", []), event("x", [.text("x")]), .finish(.stop)])])
        let shop = Workshop([failing, spare], routes: [Workshop.everybody(["a"], fallback: "b")])
        let flow = try await shop.pipeline.answer(
            Question("?"), model: "auto", wishes: Wishes(), delivery: .streamed)
        var seen: [String] = []
        while let step = try await flow.next() {
            if case .piece(.original(let event)) = step { seen.append(String(decoding: event.bytes, as: UTF8.self)) }
        }
        #expect(seen == ["role of b", "x"])
    }
}
