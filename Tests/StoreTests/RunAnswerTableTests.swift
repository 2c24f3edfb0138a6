import Core
import Store
import Testing

struct RunAnswerTableTests {
    private func storeWithRun() async throws -> SQLiteStore {
        let store = try Samples.store()
        try await store.start(Samples.run("r"))
        return store
    }

    @Test func givesSeatsBackInTheOrderKept() async throws {
        let store = try await storeWithRun()
        let seats = ["q2", "q1"].map {
            RunSeats(question: $0, need: Need(annotator: "a", mentions: []), recruitment: Samples.recruitment)
        }
        try await store.keep(seats, in: "r")
        #expect(try await store.seats(in: "r") == seats)
    }

    @Test func keepsTheFirstRecruitmentOfAQuestion() async throws {
        let store = try await storeWithRun()
        let first = RunSeats(
            question: "q1", need: Need(annotator: "first", mentions: []), recruitment: Samples.recruitment)
        var second = first
        second.need.annotator = "second"
        try await store.keep([first], in: "r")
        try await store.keep([second], in: "r")
        #expect(try await store.seats(in: "r") == [first])
    }

    @Test func givesAnswersAndFaultsBackWhole() async throws {
        let store = try await storeWithRun()
        let answers = [
            Samples.runAnswer("q1", seat: 0, text: Samples.hardText),
            Samples.runAnswer("q1", seat: 1, text: Samples.hugeText),
            RunAnswer(
                question: "q1", seat: 2, expert: "b", answer: nil,
                fault: Fault(.expertFailed, "b", "broke", causes: [Fault(.expertTimedOut, "b", "slow")])),
        ]
        for answer in answers { try await store.keep(answer, in: "r") }
        #expect(try await store.answers(in: "r") == answers)
    }

    @Test func keepsTheFirstAnswerOfASeatWithoutAnError() async throws {
        let store = try await storeWithRun()
        let first = Samples.runAnswer("q1", seat: 0, text: "first")
        try await store.keep(first, in: "r")
        try await store.keep(Samples.runAnswer("q1", seat: 0, text: "second"), in: "r")
        #expect(try await store.answers(in: "r") == [first])
    }

    @Test func tellsRunsApart() async throws {
        let store = try await storeWithRun()
        try await store.start(Samples.run("s"))
        try await store.keep(Samples.runAnswer("q1", seat: 0, text: "r"), in: "r")
        try await store.keep(Samples.runAnswer("q1", seat: 0, text: "s"), in: "s")
        #expect(try await store.answers(in: "s").map(\.answer?.text) == ["s"])
    }

    @Test func letsTheLastGradeStandInItsFirstPlace() async throws {
        let store = try await storeWithRun()
        try await store.keep(Samples.grade("q1", text: "old"), in: "r")
        try await store.keep(Samples.grade("q2", text: Samples.hardText), in: "r")
        try await store.keep(Samples.grade("q1", text: "new"), in: "r")
        #expect(
            try await store.grades(in: "r")
                == [Samples.grade("q1", text: "new"), Samples.grade("q2", text: Samples.hardText)])
    }

    @Test func refusesAnswersOfARunThatIsNotThere() async throws {
        let store = try Samples.store()
        let found = await fault { try await store.keep(Samples.runAnswer("q1", seat: 0, text: "x"), in: "r") }
        #expect(found?.sentence == "run \"r\": there is no such run. There are none.")
    }

    @Test func keepsAnAnswerThoughItsCallerWasCancelled() async throws {
        let store = try await storeWithRun()
        let answer = Samples.runAnswer("q1", seat: 0, text: "paid for")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await store.keep(answer, in: "r")
        }
        try await task.value
        #expect(try await store.answers(in: "r") == [answer])
    }
}
