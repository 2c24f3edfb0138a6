import Core
import Store
import Testing

struct PriceTableTests {
    private func record(_ expert: ExpertID, _ price: Price, at: Int64) -> PriceRecord {
        PriceRecord(expert: expert, model: "m", price: price, since: Timestamp(microseconds: at))
    }

    @Test func aPriceIsNotedWhenItChanges() async throws {
        let store = try Samples.store(":memory:")
        let (cheap, dear) = (Price(input: 1, output: 2), Price(input: 3, output: 4, cached: 0.5))
        try await store.note([record("a", cheap, at: 1), record("b", cheap, at: 1)])
        try await store.note([record("a", cheap, at: 2), record("b", dear, at: 2)])
        try await store.note([record("b", cheap, at: 3)])
        let kept = try await store.prices()
        #expect(
            kept == [
                record("a", cheap, at: 1), record("b", cheap, at: 1), record("b", dear, at: 2),
                record("b", cheap, at: 3),
            ])
    }

    private func trace(
        _ number: Int, key: String?, route: String = "auto", _ attempts: [(ExpertID, Double, Double?)]
    ) -> Trace {
        var trace = Samples.trace(number, attempts: 0)
        trace.key = key
        trace.route = route
        trace.attempts = attempts.map { expert, dollars, reported in
            Attempt(
                expert: expert, role: .seat, seconds: 1,
                usage: Usage(promptTokens: 10, completionTokens: 1, reportedDollars: reported), dollars: dollars)
        }
        trace.usage = trace.attempts.reduce(Usage()) { $0 + $1.usage }
        trace.dollars = trace.attempts.reduce(0) { $0 + $1.dollars }
        return trace
    }

    private func line(
        _ name: String, questions: Int, calls: Int, _ dollars: Double, reported: Double = 0
    ) -> SpendReport.Line {
        SpendReport.Line(
            name: name, questions: questions, calls: calls, promptTokens: 10 * calls, completionTokens: calls,
            dollars: dollars, reportedDollars: reported)
    }

    @Test func addsUpByKeyExpertAndRoute() async throws {
        let store = try Samples.store(":memory:")
        store.keep(trace(1, key: "key_1", [("a", 100, nil)]))  // before the moment asked for
        store.keep(trace(10, key: "key_1", [("a", 0.5, 0.75), ("b", 0.25, nil)]))
        store.keep(trace(11, key: "key_2", route: "cheap", [("b", 0.25, nil)]))
        store.keep(trace(12, key: nil, [("a", 2, nil)]))
        await store.flush()
        let since = Timestamp(microseconds: 5000)
        let byKey = [
            line("", questions: 1, calls: 1, 2), line("key_1", questions: 1, calls: 2, 0.75, reported: 0.75),
            line("key_2", questions: 1, calls: 1, 0.25),
        ]
        #expect(try await store.spend(by: .key, since: since) == byKey)
        let byExpert = [
            line("a", questions: 2, calls: 2, 2.5, reported: 0.75), line("b", questions: 2, calls: 2, 0.5),
        ]
        #expect(try await store.spend(by: .expert, since: since) == byExpert)
        let byRoute = [
            line("auto", questions: 2, calls: 3, 2.75, reported: 0.75), line("cheap", questions: 1, calls: 1, 0.25),
        ]
        #expect(try await store.spend(by: .route, since: since) == byRoute)
        #expect(try await store.spend(by: .key, since: Timestamp(microseconds: 99_000)).isEmpty)
    }

    @Test func triesThatWereNeverSentAreNoCalls() async throws {
        let store = try Samples.store(":memory:")
        var some = trace(10, key: "key_1", [("a", 0.5, nil), ("b", 0, nil)])
        some.attempts[1].outcome = .refused
        some.attempts[1].usage = Usage()
        some.usage = some.attempts[0].usage
        var none = trace(11, key: "key_1", [("b", 0, nil)])
        none.attempts[0].outcome = .refused
        none.attempts[0].usage = Usage()
        none.usage = Usage()
        for trace in [some, none] { store.keep(trace) }
        await store.flush()
        let since = Timestamp(microseconds: 5000)
        #expect(try await store.spend(by: .expert, since: since) == [line("a", questions: 1, calls: 1, 0.5)])
        #expect(try await store.spend(by: .key, since: since) == [line("key_1", questions: 2, calls: 1, 0.5)])
        // The trace itself has them.
        #expect(try await store.trace(some.id) == some)
    }

    @Test func aTraceKeepsItsKeyAndItsPrices() async throws {
        let store = try Samples.store(":memory:")
        var trace = trace(10, key: "key_1", [("a", 0.5, 0.75)])
        trace.attempts[0].priceVersion = Price(input: 1, output: 1).version
        store.keep(trace)
        await store.flush()
        #expect(try await store.trace(trace.id) == trace)
    }
}
