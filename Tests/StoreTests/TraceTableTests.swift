import Core
import GRDB
import Store
import Testing

struct TraceTableTests {
    @Test func givesATraceBackWhole() async throws {
        let store = try Samples.store()
        let traces = [Samples.trace(1, text: Samples.hardText), Samples.trace(2, text: Samples.hugeText)]
        for trace in traces { store.keep(trace) }
        await store.flush()
        #expect(try await store.trace("trace-1") == traces[0])
        #expect(try await store.trace("trace-2") == traces[1])
        #expect(try await store.trace("trace-3") == nil)
        #expect(store.droppedTraces == 0)
    }

    @Test func listsTheLatestFirst() async throws {
        let store = try Samples.store()
        for number in [2, 5, 1, 4] { store.keep(Samples.trace(number)) }
        await store.flush()
        #expect(try await store.traces(limit: 3).map(\.id) == ["trace-5", "trace-4", "trace-2"])
        #expect(try await store.traces(limit: -1).isEmpty)
    }

    @Test func findsATraceBeforeItIsWritten() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        let lock = try await FileLock(on: folder.file)
        store.keep(Samples.trace(1))
        #expect(try await store.trace("trace-1") == Samples.trace(1))
        try await lock.release()
        await store.flush()
        #expect(try await store.traces(limit: 9) == [Samples.trace(1)])
    }

    @Test func replacesATraceOfTheSameIdWithItsAttempts() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        store.keep(Samples.trace(1, attempts: 5))
        store.keep(Samples.trace(1, attempts: 1))
        await store.flush()
        #expect(try await store.traces(limit: 9) == [Samples.trace(1, attempts: 1)])
        let count = try await DatabaseQueue(path: folder.file).read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM attempts")
        }
        #expect(count == 1)
    }

    @Test func keepsATraceWithNumbersThatWentWrong() async throws {
        let store = try Samples.store()
        var trace = Samples.trace(1)
        trace.dollars = .nan
        trace.recruitment.suitabilities[0].weight = .infinity
        store.keep(trace)
        await store.flush()
        let found = try await store.trace("trace-1")
        #expect(found?.dollars.isNaN == true)
        #expect(found?.recruitment.suitabilities[0].weight == .infinity)
    }

    @Test func deletesOldTracesAndTheirAttemptsInSmallSteps() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        for number in 1...1203 { store.keep(Samples.trace(number, attempts: 1)) }
        await store.flush()
        #expect(try await store.deleteTraces(before: Timestamp(microseconds: 1_201_000)) == 1200)
        #expect(try await store.traces(limit: 10).map(\.id) == ["trace-1203", "trace-1202", "trace-1201"])
        let left = try await DatabaseQueue(path: folder.file).read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM attempts")
        }
        #expect(left == 3)
        #expect(try await store.deleteTraces(before: Timestamp(microseconds: 1_201_000)) == 0)
    }

    @Test func hasColumnsToAskByHand() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        store.keep(Samples.trace(3))
        await store.flush()
        let database = try DatabaseQueue(path: folder.file)
        let trace = try await database.read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT id, at, route, question, outcome, strategy, experts, seconds, dollars, prompt_tokens,
                        completion_tokens FROM traces
                    """)?.description
        }
        #expect(
            trace == """
                [id:"trace-3" at:3000 route:"auto" question:"q" outcome:"complete" strategy:"skill" experts:"a,b" \
                seconds:3.0 dollars:0.5 prompt_tokens:14 completion_tokens:1]
                """)
        let attempts = try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT expert, role, seconds, dollars, fault_code FROM attempts")
                .map(\.description)
        }
        #expect(
            attempts == [
                #"[expert:"a" role:"seat" seconds:1.5 dollars:0.25 fault_code:NULL]"#,
                #"[expert:"a" role:"seat" seconds:1.5 dollars:0.25 fault_code:"expert_timed_out"]"#,
            ])
    }
}
