import Core
import Foundation
import GRDB
import Store
import Testing

struct TraceListingTests {
    private func trace(
        _ number: Int, at moment: Int64? = nil, route: String = "auto", skill: SkillName? = "math",
        called: ExpertID? = nil, outcome: Trace.Outcome = .complete, dollars: Double = 0.5
    ) -> Trace {
        var trace = Samples.trace(number, attempts: 0)
        trace.at = Timestamp(microseconds: moment ?? Int64(number) * 1_000)
        trace.route = route
        trace.need.mentions = skill.map { [.init(keyword: "k", score: 1, skill: $0, similarity: 1)] } ?? []
        trace.outcome = outcome
        trace.dollars = dollars
        if let called { trace.attempts = [Attempt(expert: called, role: .fallback, seconds: 1)] }
        return trace
    }

    private func store(_ traces: [Trace]) async throws -> SQLiteStore {
        let store = try Samples.store()
        for trace in traces { store.keep(trace) }
        await store.flush()
        return store
    }

    /// Leafs through everything; the ids in the order shown.
    private func leafed(_ store: SQLiteStore, _ filter: TraceFilter = TraceFilter(), limit: Int) async throws
        -> [String]
    {
        var ids: [String] = []
        var cursor: TraceCursor?
        repeat {
            let page = try await store.lines(filter, after: cursor, limit: limit)
            #expect(page.lines.count <= limit)
            ids += page.lines.map(\.id)
            cursor = page.next
        } while cursor != nil
        return ids
    }

    @Test func showsEveryTraceOnceNewestFirstAlsoThoseOfOneMoment() async throws {
        // 7, 6 … of one moment, then the others.
        let store = try await store((0..<20).map { trace($0, at: $0 < 8 ? 5_000 : Int64($0) * 1_000) })
        let expected = (0..<20).reversed().map { "trace-\($0)" }
        for limit in [1, 3, 7, 20, 50] { #expect(try await leafed(store, limit: limit) == expected, "\(limit)") }
    }

    @Test func whatComesMeanwhileMovesNothing() async throws {
        let store = try await store((0..<6).map { trace($0) })
        let first = try await store.lines(TraceFilter(), after: nil, limit: 3)
        #expect(first.lines.map(\.id) == ["trace-5", "trace-4", "trace-3"])
        store.keep(trace(9))
        await store.flush()
        let second = try await store.lines(TraceFilter(), after: first.next, limit: 3)
        #expect(second.lines.map(\.id) == ["trace-2", "trace-1", "trace-0"] && second.next == nil)
    }

    @Test func findsByEveryMarkAndByAllTogether() async throws {
        let store = try await store([
            trace(1), trace(2, route: "thrifty", dollars: 0.1), trace(3, skill: "law"),
            trace(4, called: "helper"), trace(5, outcome: .failed, dollars: 3),
            trace(6, route: "thrifty", skill: "law", called: "helper", outcome: .failed, dollars: 2),
            trace(7, skill: nil),
        ])
        func numbers(_ filter: TraceFilter) async throws -> [String] {
            try await leafed(store, filter, limit: 2).map { String($0.dropFirst("trace-".count)) }
        }
        #expect(try await numbers(TraceFilter(route: "thrifty")) == ["6", "2"])
        #expect(try await numbers(TraceFilter(skill: "law")) == ["6", "3"])
        #expect(try await numbers(TraceFilter(skill: "la")) == [])
        #expect(try await numbers(TraceFilter(expert: "elpe")) == [])
        #expect(try await numbers(TraceFilter(expert: "helper")) == ["6", "4"])
        #expect(try await numbers(TraceFilter(expert: "a")) == ["7", "6", "5", "4", "3", "2", "1"])
        #expect(try await numbers(TraceFilter(outcome: .failed)) == ["6", "5"])
        #expect(try await numbers(TraceFilter(leastDollars: 2)) == ["6", "5"])
        #expect(try await numbers(TraceFilter(leastDollars: 0.2, mostDollars: 2)) == ["7", "6", "4", "3", "1"])
        #expect(
            try await numbers(
                TraceFilter(
                    route: "thrifty", expert: "helper", skill: "law", outcome: .failed, leastDollars: 1, mostDollars: 2)
            )
                == ["6"])
        #expect(try await numbers(TraceFilter(route: "thrifty", outcome: .truncated)) == [])
    }

    @Test func aLineSaysWhatTheTraceSaysAndHowItWasRated() async throws {
        let store = try await store([Samples.trace(1)])
        try await store.keep(Feedback(trace: "trace-1", score: 0.25, comment: "so", at: Timestamp(microseconds: 9)))
        let line = try #require(try await store.lines(TraceFilter(), after: nil, limit: 5).lines.first)
        var expected = TraceLine(Samples.trace(1))
        expected.score = 0.25
        #expect(line == expected)
        #expect(line.skills == ["math"] && line.experts == ["a", "b"])
        #expect(try await store.feedback(on: "trace-1")?.comment == "so")
        #expect(try await store.feedback(on: "trace-2") == nil)
    }

    /// Rows hold whole traces: a list that read them to find fifty would read gigabytes.
    @Test func theListIsFoundInItsIndexAlone() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        try await store.close()
        let database = try DatabaseQueue(path: folder.file)
        let plan = try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    EXPLAIN QUERY PLAN SELECT rowid FROM traces INDEXED BY traces_listed
                    WHERE at <= 5 AND route = 'auto' AND instr(skills, 'x') > 0 AND dollars > 1
                        AND (instr(experts, 'x') > 0 OR called IS NULL AND EXISTS (
                            SELECT 1 FROM traces AS whole JOIN attempts ON attempts.trace = whole.id
                            WHERE whole.rowid = traces.rowid AND attempts.expert = 'x'))
                    ORDER BY at DESC, rowid DESC LIMIT 50
                    """
            ).map { $0["detail"] as String }
        }
        #expect(plan.contains { $0.contains("USING COVERING INDEX traces_listed") })
    }

    /// Such as an earlier version wrote.
    @Test func tracesOfEarlierVersionsAreFoundByTheirAttempts() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        store.keep(trace(1, called: "helper"))
        await store.flush()
        let database = try DatabaseQueue(path: folder.file)
        try await database.write { try $0.execute(sql: "UPDATE traces SET called = NULL, skills = NULL") }
        try database.close()
        #expect(try await store.lines(TraceFilter(expert: "helper"), after: nil, limit: 5).lines.count == 1)
        #expect(try await store.lines(TraceFilter(expert: "other"), after: nil, limit: 5).lines.isEmpty)
        let line = try await store.lines(TraceFilter(), after: nil, limit: 5).lines.first
        #expect(line?.skills == [] && line?.experts == ["a", "b"])
    }

    @Test func aCursorIsReadAsItIsWritten() {
        let cursor = TraceCursor(at: Timestamp(microseconds: 1_700_000_000_000_001), place: 42)
        #expect(cursor.text == "1700000000000001.42" && TraceCursor(text: cursor.text) == cursor)
        for text in ["", ".", "1", "1.", ".1", "1.2.3", "-1.2", "1.-2", "a.b", "99999999999999999999.1"] {
            #expect(TraceCursor(text: text) == nil, "\(text)")
        }
    }
}
