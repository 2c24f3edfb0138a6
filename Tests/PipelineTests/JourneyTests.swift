import Core
import Pipeline
import Support
import Testing

struct JourneyTests {
    private func fault(_ id: String, _ code: Fault.Code = .expertFailed) -> FakeExpert.Reply {
        .init(pieces: [], fault: Fault(code, id, "said no"), isEarly: true)
    }

    @Test func asksEverySeatAndVotes() async throws {
        let experts = [("a", "#### 1"), ("b", "#### 2"), ("c", "#### 2")].map {
            FakeExpert(ExpertID($0.0), replies: [.says($0.1)])
        }
        let shop = Workshop(experts, routes: [Workshop.everybody(["a", "b", "c"])])
        let (answer, trace) = try await shop.pipeline.answer(Question("1 + 1?"), model: "auto")
        #expect(answer.text == "#### 2")
        #expect(trace.outcome == .complete)
        #expect(trace.verdict?.method == "vote")
        #expect(trace.attempts.map(\.expert) == ["a", "b", "c"])
        #expect(experts.allSatisfy { $0.questions.count == 1 })
    }

    @Test func severalSeatsAreAskedWarmlyAndWithTheirOwnSeeds() async throws {
        let a = FakeExpert("a", replies: [.says("#### 1")])
        let shop = Workshop([a], routes: [Workshop.everybody(["a", "a", "a"])])
        _ = try await shop.pipeline.answer(Question("?"), model: "auto")
        #expect(a.questions.allSatisfy { $0.sampling.temperature == 0.7 })
        #expect(Set(a.questions.map(\.sampling.seed)).count == 3)
    }

    @Test func aFailedSeatLeavesTheDecisionToTheOthers() async throws {
        let a = FakeExpert("a", replies: [fault("a")])
        let b = FakeExpert("b", replies: [.says("#### 2")])
        let shop = Workshop([a, b], routes: [Workshop.everybody(["a", "b"])])
        let (answer, trace) = try await shop.pipeline.answer(Question("?"), model: "auto")
        #expect(answer.text == "#### 2")
        #expect(trace.attempts.first?.fault?.sentence == "a: said no.")
        #expect(trace.outcome == .complete)
    }

    @Test func whenAllFailTheFallbackIsAsked() async throws {
        let shop = Workshop(
            [
                FakeExpert("a", replies: [fault("a")]), FakeExpert("b", replies: [fault("b")]),
                FakeExpert("spare", replies: [.says("here")]),
            ], routes: [Workshop.everybody(["a", "b"], fallback: "spare")])
        let (answer, trace) = try await shop.pipeline.answer(Question("?"), model: "auto")
        #expect(answer.text == "here")
        #expect(trace.outcome == .failedOver)
        #expect(trace.notes == ["every recruited expert failed, spare was asked instead"])
    }

    @Test func whenTheFallbackFailsTooEveryCauseIsNamed() async throws {
        let shop = Workshop(
            [FakeExpert("a", replies: [fault("a")]), FakeExpert("b", replies: [fault("b", .expertUnreachable)])],
            routes: [Workshop.everybody(["a", "b"])])
        let thrown = await #expect(throws: Fault.self) {
            try await shop.pipeline.answer(Question("?"), model: "auto")
        }
        #expect(
            thrown?.sentence == """
                auto: every recruited expert failed. muster expert test shows what each one does; a route's fallback is \
                asked in such a case.
                  - a: said no.
                  - b: said no.
                """)
        #expect(shop.traces.all.map(\.outcome) == [.failed])
    }

    @Test func anExpertThatFailsBeforeItsFirstWordIsReplacedSilently() async throws {
        let broken = FakeExpert(
            "a", replies: [.init(pieces: [.reasoning("hm")], fault: Fault(.expertCutOff, "a", "cut"))])
        let shop = Workshop(
            [broken, FakeExpert("spare", replies: [.says("all of it")])],
            routes: [Workshop.everybody(["a"], fallback: "spare")])
        let (answer, trace) = try await shop.pipeline.answer(Question("?"), model: "auto")
        #expect(answer.text == "all of it")
        #expect(trace.outcome == .failedOver)
    }

    @Test func aSynthesisIsWrittenFromAllAnswers() async throws {
        let experts = [("a", "one"), ("b", "two")].map { FakeExpert(ExpertID($0.0), replies: [.says($0.1)]) }
        let writer = FakeExpert("w", replies: [.says("three")])
        let shop = Workshop(
            experts + [writer], routes: [Workshop.everybody(["a", "b"], method: .synthesis, writer: "w")])
        let (answer, trace) = try await shop.pipeline.answer(Question("?"), model: "auto")
        #expect(answer.text == "three")
        #expect(trace.attempts.map(\.role) == [.seat, .seat, .synthesis])
        #expect(writer.questions.first?.instructedMessages.first?.text.contains("1.\none\n\n2.\ntwo") == true)
    }

    @Test func whenTheWriterFailsTheVoteStands() async throws {
        let experts = ["a", "b"].map { FakeExpert(ExpertID($0), replies: [.says("#### 5")]) }
        let shop = Workshop(
            experts + [FakeExpert("w", replies: [fault("w")])],
            routes: [Workshop.everybody(["a", "b"], method: .synthesis, writer: "w")])
        let (answer, trace) = try await shop.pipeline.answer(Question("?"), model: "auto")
        #expect(answer.text == "#### 5")
        #expect(trace.notes == ["w could not write the synthesis, the vote stands: w: said no."])
    }

    @Test func aReaderWhoLeavesIsTracedAsGone() async throws {
        let shop = Workshop([FakeExpert("a", replies: [.says("hello")])], routes: [Workshop.everybody(["a"])])
        do {
            let flow = try await shop.pipeline.answer(
                Question("?"), model: "auto", wishes: Wishes(), delivery: .streamed)
            _ = try await flow.next()
        }
        #expect(shop.traces.all.map(\.outcome) == [.clientGone])
    }

    @Test func tracesHoldNoWordUnlessTextIsKept() async throws {
        for keeps in [false, true] {
            let experts = ["a", "b"].map { FakeExpert(ExpertID($0), replies: [.says("Answer: secret")]) }
            let shop = Workshop(experts, routes: [Workshop.everybody(["a", "b"])], keepsText: keeps)
            let (_, shown) = try await shop.pipeline.answer(Question("whisper"), model: "auto")
            let kept = try #require(shop.traces.all.first)
            #expect(shown.text == "whisper")
            #expect("\(kept)".contains("secret") == keeps)
            #expect("\(kept)".contains("whisper") == keeps)
        }
    }

    @Test func anExpertIsAddressedByItsOwnID() async throws {
        let a = FakeExpert("a", replies: [.says("me")])
        let shop = Workshop(
            [a, FakeExpert("b", replies: [.says("not me")])], routes: [Workshop.everybody(["a", "b"])])
        let (answer, trace) = try await shop.pipeline.answer(Question("solve for x"), model: "a")
        #expect(answer.text == "me")
        #expect(trace.need.mentions.isEmpty)
        #expect(a.questions == [Question("solve for x")])
    }

    @Test func expertsGetTheInstructionsOfTheSkillsAQuestionNeeds() async throws {
        let a = FakeExpert("a", replies: [.says("ok")])
        let shop = Workshop([a], routes: [Workshop.everybody(["a"])])
        _ = try await shop.pipeline.answer(Question("solve for x: 2x = 4"), model: "auto")
        #expect(a.questions.first?.instructedMessages.first?.text == "Check by substituting.")
    }

    @Test func anUnknownModelComesWithTheNearestOne() async throws {
        let shop = Workshop([FakeExpert("general", replies: [])], routes: [Workshop.everybody(["general"])])
        let thrown = await #expect(throws: Fault.self) {
            try await shop.pipeline.answer(Question("?"), model: "genral")
        }
        #expect(
            thrown?.sentence
                == "model \"genral\": there is no such model. Did you mean general? GET /v1/models lists all.")
    }

    @Test func callsStayWithinTheBudget() async throws {
        let experts = ["a", "b", "c"].map { FakeExpert(ExpertID($0), replies: [.says("#### 1")]) }
        let shop = Workshop(experts, routes: [Workshop.everybody(["a", "b", "c"], budget: Budget(calls: 2))])
        let (answer, trace) = try await shop.pipeline.answer(Question("?"), model: "auto")
        #expect(answer.text == "#### 1")
        #expect(experts.reduce(0) { $0 + $1.questions.count } == 2)
        #expect(trace.attempts.compactMap(\.fault).map(\.code) == [.overBudget])
    }

    @Test func aTraceSeedRepeatsItsRecruitment() async throws {
        let experts = ["a", "b", "c", "d"].map { FakeExpert(ExpertID($0), replies: [.says("x")]) }
        let route = Route(name: "auto", routing: RoutingPlan(strategy: .skill, seats: 3))
        let shop = Workshop(experts, routes: [route])
        let first = try await shop.pipeline.decide(Question("solve for x"), model: "auto", wishes: Wishes())
        let again = try await shop.pipeline.decide(
            Question("solve for x"), model: "auto", wishes: Wishes(seed: first.recruitment.seed))
        #expect(first.recruitment == again.recruitment)
        #expect(experts.allSatisfy { $0.questions.isEmpty })
    }

    @Test func aRoutesSeedGivesEachQuestionItsOwnDraw() async throws {
        let experts = ["a", "b", "c", "d"].map { FakeExpert(ExpertID($0), replies: [.says("x")]) }
        let route = Route(name: "auto", routing: RoutingPlan(strategy: .random, seats: 3, seed: 7))
        let shop = Workshop(experts, routes: [route])
        var draws: Set<[ExpertID]> = []
        for index in 0..<20 {
            let question = Question("question \(index)")
            let trace = try await shop.pipeline.decide(question, model: "auto", wishes: Wishes())
            let same = try await shop.pipeline.decide(question, model: "auto", wishes: Wishes())
            #expect(trace.recruitment == same.recruitment)
            draws.insert(trace.recruitment.seats.map(\.expert))
        }
        #expect(draws.count > 5)
    }

    @Test func whenNobodyCanBeAskedItSaysWhyAndWhen() async throws {
        let resting = RestingExpert(id: "a", wait: .seconds(30))
        let shop = Workshop([resting], routes: [Workshop.everybody(["a"])])
        let thrown = await #expect(throws: Fault.self) { try await shop.pipeline.answer(Question("?"), model: "auto") }
        #expect(thrown?.code == .noExpert)
        #expect(thrown?.retryAfterSeconds == 30)
        #expect(thrown?.sentence.contains("a: resting for 30 s: 5 failures in a row") == true)
    }
}

/// An expert that its breaker has set aside.
private struct RestingExpert: Expert {
    let card: ExpertCard
    let wait: Duration

    init(id: ExpertID, wait: Duration) {
        card = ExpertCard(id: id, kind: .scripted)
        self.wait = wait
    }

    func health() async -> ExpertHealth { .resting(retryAfter: wait, because: "5 failures in a row") }
    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        throw Fault(.expertResting, card.id.rawValue, "is resting")
    }
}
