import Core
import Store
import Testing

struct RunListingTests {
    @Test func aRunIsCountedWhileItIsUnderWay() async throws {
        let store = try Samples.store()
        try await store.start(Samples.run("first", startedAt: 5))
        try await store.start(Samples.run("second", startedAt: 9))
        try await store.keep(
            ["q1", "q2", "q3"].map {
                RunSeats(
                    question: $0, need: Need(annotator: "lexical", mentions: []), recruitment: Samples.recruitment)
            }, in: "first")
        try await store.keep(Samples.runAnswer("q1", seat: 0, text: "12"), in: "first")
        try await store.keep(Samples.runAnswer("q1", seat: 1, text: "13"), in: "first")
        try await store.keep(
            RunAnswer(question: "q2", seat: 0, expert: "b", answer: nil, fault: Fault(.expertTimedOut, "b", "slept")),
            in: "first")
        try await store.keep(Samples.grade("q1", text: "12"), in: "first")
        try await store.countVisit(of: "a", in: "first", seconds: 4)
        try await store.countVisit(of: "a", in: "first", seconds: 2)

        let lines = try await store.runLines(limit: 10)
        #expect(lines.map(\.id) == ["second", "first"])
        #expect(lines[0].recruited == 0 && lines[0].calls == 0 && lines[0].graded == 0 && lines[0].finishedAt == nil)
        let first = lines[1]
        #expect(first.questions == 3 && first.recruited == 3 && first.answered == 2 && first.graded == 1)
        #expect(first.strictlyRight == 0 && first.flexiblyRight == 1 && first.cut == 0 && first.failed == 0)
        #expect(first.calls == 3 && first.promptTokens == 6 && first.completionTokens == 8)
        #expect(first.dollars == 1 && first.seconds == 6 && first.state == .running)
        #expect(first.experts == ["a", "b, c"])
        try await store.finish("first")
        #expect(try await store.runLines(limit: 10)[1].state == .finished)
        #expect(try await store.runLines(limit: 1).map(\.id) == ["second"])

        let shares = try await store.runShares(in: "first")
        #expect(shares.map(\.expert) == ["a", "b"])
        #expect(shares[0].calls == 2 && shares[0].failed == 0 && shares[0].visits == 2 && shares[0].seconds == 6)
        #expect(shares[1].calls == 1 && shares[1].failed == 1 && shares[1].visits == 0)
        #expect(try await store.runMarks(in: "first", limit: 9).map(\.isFlexiblyRight) == [true])
        #expect(try await store.runMarks(in: "none", limit: 9).isEmpty)
    }

    @Test func aMarkThatIsReplacedIsRemembered() async throws {
        let store = try Samples.store()
        try await store.add([
            Samples.mark("a", "q1", isRight: false, at: 5), Samples.mark("b", "q1", isRight: true, at: 5),
        ])
        #expect(try await store.formerMarks().isEmpty)
        try await store.add([Samples.mark("a", "q1", isRight: true, at: 9)])
        // The same again is no change.
        try await store.add([Samples.mark("a", "q1", isRight: true, at: 9)])
        #expect(try await store.formerMarks() == [Samples.mark("a", "q1", isRight: false, at: 5)])
        #expect(try await store.marks().filter { $0.expert == "a" }.map(\.isRight) == [true])
        _ = try await store.forget("a")
        #expect(try await store.formerMarks().isEmpty)
    }
}
