import Core
import Pipeline
import Support
import Testing

/// When one expert cannot, others may.
struct OtherExpertTests {
    private func unable(_ id: ExpertID) -> FakeExpert {
        FakeExpert(id) { _, _ in
            CallSlip.current?.note { $0.isSent = false }
            return .fails(Fault(.unsupported, id.rawValue, "takes pictures only as data"))
        }
    }

    @Test func whatOneExpertCannotTakeTheFallbackIsAsked() async throws {
        for members in [["a"], ["a", "b"]] as [[ExpertID]] {
            let spare = FakeExpert("spare", replies: [.says("a cat")])
            let shop = Workshop(
                [unable("a"), unable("b"), spare], routes: [Workshop.everybody(members, fallback: "spare")])
            // What was never sent costs no call either.
            let (answer, trace) = try await shop.pipeline.answer(
                Question("?"), model: "auto", wishes: Wishes(budget: Budget(calls: members.count)))
            #expect(answer.text == "a cat" && trace.outcome == .failedOver)
            #expect(trace.attempts.count(where: \.isCall) == 1)
        }
    }

    @Test func whatNobodyCanTakeIsTheClientsToChange() async throws {
        for members in [["a"], ["a", "b"]] as [[ExpertID]] {
            let shop = Workshop([unable("a"), unable("b")], routes: [Workshop.everybody(members)])
            let fault = await #expect(throws: Fault.self) {
                try await shop.pipeline.answer(Question("?"), model: "auto")
            }
            #expect(fault?.code == .unsupported)
        }
    }

    @Test func aTryThatWasNotSentUsesUpNoCall() async throws {
        let shop = Workshop(
            [Turning(), FakeExpert("spare", replies: [.says("here")])],
            routes: [Workshop.everybody(["a"], budget: Budget(calls: 1), fallback: "spare")])
        let (answer, trace) = try await shop.pipeline.answer(Question("?"), model: "auto")
        #expect(answer.text == "here")
        #expect(trace.attempts.map(\.outcome) == [.refused, .answered])
    }

    @Test func aCallThatWasSentIsUsedUp() async throws {
        let fault = Fault(.expertFailed, "a", "fell over")
        let shop = Workshop(
            [FakeExpert("a", replies: [.fails(fault)]), FakeExpert("spare", replies: [.says("here")])],
            routes: [Workshop.everybody(["a"], budget: Budget(calls: 1), fallback: "spare")])
        let found = await #expect(throws: Fault.self) { try await shop.pipeline.answer(Question("?"), model: "auto") }
        #expect(found?.code == .overBudget && found?.causes == [fault])
    }

    @Test func asManyOfTheNamedAreAskedAsTheClientWishes() async throws {
        for (wished, asked) in [(1, 1), (2, 2), (9, 3), (nil, 3)] as [(Int?, Int)] {
            let experts = ["a", "b", "c"].map { FakeExpert(ExpertID($0), replies: [.says("#### 2")]) }
            let shop = Workshop(experts, routes: [Workshop.everybody(["a", "b", "c"])])
            let trace = try await shop.pipeline.decide(Question("?"), model: "auto", wishes: Wishes(seats: wished))
            #expect(trace.recruitment.experts == Array(["a", "b", "c"].prefix(asked)))
            #expect(trace.recruitment.reason.hasSuffix("as wished") == (asked < 3))
        }
    }

    /// An expert that is tried with one question is asked after until that has its answer.
    @Test func whoIsBeingTriedIsWaitedFor() async throws {
        for (seconds, isInTime) in [(5.0, true), (40, false)] {
            let time = ManualTime()
            let tried = Tried(for: .seconds(seconds), time: time)
            let shop = Workshop([tried], routes: [Workshop.everybody(["a"])], time: time)
            do {
                let (answer, _) = try await shop.pipeline.answer(Question("?"), model: "auto")
                #expect(answer.text == "back" && isInTime)
                #expect(time.sleeps == Array(repeating: .seconds(1), count: 5))
            } catch let fault as Fault {
                #expect(fault.code == .noExpert && fault.retryAfterSeconds == 1 && !isInTime)
                #expect(time.passed == .seconds(30))
            }
        }
    }
}

/// Turns every question away without sending it.
private struct Turning: Expert {
    let card = ExpertCard(id: "a", kind: .scripted)

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        CallSlip.current?.note { $0.isSent = false }
        throw Fault(.expertResting, "a", "is left alone", retryAfterSeconds: 50)
    }
}

/// Half open for a while: says each time that it may be back in a second.
private struct Tried: Expert {
    let card = ExpertCard(id: "a", kind: .scripted)
    private let end: Duration
    private let time: ManualTime

    init(for span: Duration, time: ManualTime) {
        end = span
        self.time = time
    }

    func health() async -> ExpertHealth {
        time.passed < end ? .resting(retryAfter: .seconds(1), because: "it is being tried") : .ready
    }

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        AnswerStream([.text("back"), .finish(.stop)])
    }
}
