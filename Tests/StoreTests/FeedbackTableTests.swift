import Core
import GRDB
import Store
import Testing

struct FeedbackTableTests {
    private func feedback(_ number: Int, _ score: Double, comment: String? = nil) throws -> Feedback {
        try Feedback(trace: "trace-\(number)", score: score, comment: comment, at: Timestamp(microseconds: 77))
    }

    @Test func givesFeedbackBackWithItsTrace() async throws {
        let store = try Samples.store()
        store.keep(Samples.trace(1))
        let feedback = try feedback(1, 0.25, comment: "naïve 🦊 ' \" \\ \r\n 日本語")
        try await store.keep(feedback)
        #expect(try await store.judgedTraces(limit: 9) == [JudgedTrace(trace: Samples.trace(1), feedback: feedback)])
    }

    @Test func aSecondWordReplacesTheFirst() async throws {
        let store = try Samples.store()
        store.keep(Samples.trace(1))
        try await store.keep(feedback(1, 1, comment: "good"))
        try await store.keep(feedback(1, 0))
        #expect(try await store.judgedTraces(limit: 9).map(\.feedback) == [feedback(1, 0)])
    }

    @Test func listsTheLatestTracesFirstAndOnlyJudgedOnes() async throws {
        let store = try Samples.store()
        for number in [2, 5, 1, 4] { store.keep(Samples.trace(number)) }
        for number in [4, 1, 2] { try await store.keep(feedback(number, 0.5)) }
        #expect(try await store.judgedTraces(limit: 2).map(\.trace.id) == ["trace-4", "trace-2"])
        #expect(try await store.judgedTraces(limit: -1).isEmpty)
    }

    @Test func refusesFeedbackOnATraceThatIsNotKept() async throws {
        let store = try Samples.store()
        let found = await fault { try await store.keep(feedback(1, 0.5)) }
        #expect(found?.code == .unknownTrace)
        #expect(found?.subject == "trace \"trace-1\"")
        #expect(try await store.judgedTraces(limit: 9).isEmpty)
    }

    @Test func goesWithItsTrace() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        for number in [1, 2] {
            store.keep(Samples.trace(number))
            try await store.keep(feedback(number, 0.5))
        }
        try await store.deleteTraces(before: Timestamp(microseconds: 2_000))
        let left = try await DatabaseQueue(path: folder.file).read {
            try String.fetchAll($0, sql: "SELECT trace FROM feedback")
        }
        #expect(left == ["trace-2"])
    }

    @Test func refusesACommentThatSQLiteWouldCut() async throws {
        let store = try Samples.store()
        store.keep(Samples.trace(1))
        let found = await fault { try await store.keep(feedback(1, 0.5, comment: "a\u{0}b")) }
        #expect(found?.sentence == "comment: the text holds a NUL character. Remove it.")
    }

    @Test func saysWhereAScoreThatNobodyGaveStands() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        store.keep(Samples.trace(1))
        try await store.keep(feedback(1, 0.5))
        try await DatabaseQueue(path: folder.file).write { try $0.execute(sql: "UPDATE feedback SET score = 7") }
        let found = await fault { _ = try await store.judgedTraces(limit: 9) }
        #expect(found?.code == .storeBroken)
        #expect(found?.found == "feedback on trace trace-1 holds something that Muster did not write there")
    }
}
