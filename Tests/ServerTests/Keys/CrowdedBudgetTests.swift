import Core
import Pipeline
import Server
import Support
import Synchronization
import Testing

/// One portion of a budget at a time, for all who wait for it.
@Suite(.timeLimit(.minutes(1)))
struct CrowdedBudgetTests {
    /// Takes out of a budget when the test lets it.
    private final class SlowShelf: KeyStore, SpendStore {
        let shelf = KeyShelf()
        let latch = Latch()
        let begun = Mutex(0)

        func keys() async throws -> [ClientKey] { try await shelf.keys() }
        func keyChanges() async throws -> Int { try await shelf.keyChanges() }
        func add(_ key: ClientKey) async throws { try await shelf.add(key) }
        func replace(_ key: ClientKey) async throws { try await shelf.replace(key) }
        func settle(_ settlements: [Settlement]) async throws { try await shelf.settle(settlements) }
        func spending(of key: String, in period: String) async throws -> Spending {
            try await shelf.spending(of: key, in: period)
        }

        func take(
            _ needed: Spend, upTo wanted: Spend, from purse: PurseName, of budget: KeyBudget
        ) async throws -> Taking {
            begun.withLock { $0 += 1 }
            try await latch.wait()
            return try await shelf.take(needed, upTo: wanted, from: purse, of: budget)
        }
    }

    private let store = SlowShelf()
    private let ring: KeyRing

    init() { ring = KeyRing(store: store, holder: "here", time: ManualTime(.waits).source) }

    private func account(_ budget: KeyBudget) async throws -> any SpendAccount {
        let order = KeyOrder(name: "web", budget: budget)
        let (key, _) = try order.make(models: [], now: ManualTime.start) { 7 }
        try await store.add(key)
        try await ring.refresh()
        return try #require(ring.asker(key: key.id)?.account)
    }

    private let call = Spend(nanodollars: 1_000_000, tokens: 10, calls: 1)

    /// As many calls at once; how many of them had their promise.
    private func crowd(_ count: Int, at account: any SpendAccount) async -> Int {
        let (store, call) = (store, call)
        let calls = (0..<count).map { _ in Task { try? await account.reserve(call) } }
        while store.begun.withLock({ $0 }) == 0 { await Task.yield() }
        for _ in 0..<1_000 { await Task.yield() }
        store.latch.open()
        var promises: [any SpendReservation] = []
        for call in calls { if let promise = await call.value { promises.append(promise) } }
        return withExtendedLifetime(promises) { promises.count }
    }

    @Test func aCrowdThatFitsInOnePortionTakesOneOut() async throws {
        // A portion, a fiftieth, is enough for a hundred calls.
        let account = try await account(KeyBudget(dollars: 5))
        #expect(await crowd(60, at: account) == 60)
        #expect(store.shelf.takings == 1)
    }

    @Test func aCrowdPastTheBudgetIsRefusedWhereItEnds() async throws {
        let account = try await account(KeyBudget(calls: 40))
        #expect(await crowd(60, at: account) == 40)
    }

    @Test func aStoreThatFailsKeepsNobodyWaiting() async throws {
        let account = try await account(KeyBudget(dollars: 5))
        store.shelf.fail(with: Fault(.storeLocked, "file", "is locked"))
        #expect(await crowd(20, at: account) == 0)
        store.shelf.fail(with: nil)
        _ = try await account.reserve(call)
    }
}
