import Core
import Store
import Testing

struct TraceSearchTests {
    private func store() throws -> (SQLiteStore, TemporaryFolder) {
        let folder = try TemporaryFolder()
        return (try Samples.store(folder.file), folder)
    }

    /// A trace with its marks; its number is also its time.
    private func trace(
        _ number: Int, route: String = "auto", called: String = "a", outcome: Trace.Outcome = .complete,
        request: String? = nil
    ) -> Trace {
        var trace = Samples.trace(number, attempts: 0)
        trace.route = route
        trace.outcome = outcome
        trace.requestID = request
        trace.attempts = [Attempt(expert: ExpertID(called), role: .fallback, seconds: 1)]
        return trace
    }

    @Test func findsByRouteOutcomeAndExpert() async throws {
        let (store, folder) = try store()
        store.keep(trace(1))
        store.keep(trace(2, route: "thrifty", called: "helper"))
        store.keep(trace(3, route: "thrifty", outcome: .failed))
        await store.flush()
        func ids(_ filter: TraceFilter) async throws -> [String] { try await store.traces(filter, limit: 9).map(\.id) }
        #expect(try await ids(TraceFilter()) == ["trace-3", "trace-2", "trace-1"])
        #expect(try await ids(TraceFilter(route: "thrifty")) == ["trace-3", "trace-2"])
        #expect(try await ids(TraceFilter(route: "thrifty", outcome: .complete)) == ["trace-2"])
        #expect(try await ids(TraceFilter(expert: "helper")) == ["trace-2"])
        // A part of a name is not the name.
        #expect(try await ids(TraceFilter(expert: "help")) == [])
        #expect(try await store.traces(TraceFilter(), limit: 1).map(\.id) == ["trace-3"])
        _ = folder
    }

    @Test(arguments: [false, true])
    func aClientsKeyFindsItsOwnWhateverOthersCallTheirRequests(isWritten: Bool) async throws {
        let (store, folder) = try store()
        let lock = isWritten ? nil : try await FileLock(on: folder.file)
        for (number, key) in [(1, "key_1"), (2, "key_1"), (3, "key_2")] {
            var trace = trace(number, request: "mine")
            trace.key = key
            store.keep(trace)
        }
        if isWritten { await store.flush() }
        // Each finds its own as soon as they are written, however soon it looks.
        async let found = [
            find("mine", as: "key_1", in: store), find("mine", as: "key_2", in: store),
            find("mine", as: "key_3", in: store),
        ]
        try await lock?.release()
        #expect(try await found == ["trace-2", "trace-3", nil])
        await store.flush()
        #expect(try await store.trace("mine")?.id == "trace-3")
        #expect(try await find("trace-1", as: "key_2", in: store) == nil)
        _ = folder
    }

    private func find(_ id: String, as key: String, in store: SQLiteStore) async throws -> String? {
        try await Asker.$current.withValue(Asker(key: key, name: key)) { try await store.trace(id)?.id }
    }

    @Test func findsTheLatestOfARequestByItsCallersID() async throws {
        let (store, folder) = try store()
        store.keep(trace(1, request: "mine"))
        store.keep(trace(2, request: "mine"))
        store.keep(trace(3))
        await store.flush()
        #expect(try await store.trace("mine")?.id == "trace-2")
        #expect(try await store.trace("trace-1")?.requestID == "mine")
        #expect(try await store.trace("yours") == nil)
        _ = folder
    }

    @Test func anIDOfItsOwnComesBeforeARequestsID() async throws {
        let (store, folder) = try store()
        store.keep(trace(1))
        store.keep(trace(2, request: "trace-1"))
        await store.flush()
        #expect(try await store.trace("trace-1")?.id == "trace-1")
        _ = folder
    }

    @Test func keepsTheCallersPlace() async throws {
        let (store, folder) = try store()
        var kept = trace(1)
        kept.parent = TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        store.keep(kept)
        await store.flush()
        #expect(try await store.trace("trace-1") == kept)
        _ = folder
    }
}
