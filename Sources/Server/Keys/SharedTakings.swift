import Core
import Synchronization

/// A store of spending where one portion at a time is taken out for a purse. Who asks for more meanwhile waits for that
/// portion and is given nothing of its own, so that it looks first whether the portion was enough: else a crowd that
/// comes at once would set a portion aside each, and the whole budget with them.
final class SharedTakings: SpendStore {
    private let store: any SpendStore
    /// Those who wait, by the purse for which a portion is being taken out.
    private let waiting = Mutex<[PurseName: [CheckedContinuation<Void, Never>]]>([:])

    init(_ store: any SpendStore) { self.store = store }

    func take(_ needed: Spend, upTo wanted: Spend, from purse: PurseName, of budget: KeyBudget) async throws -> Taking {
        let isFirst = waiting.withLock { waiting in
            guard waiting[purse] == nil else { return false }
            waiting[purse] = []
            return true
        }
        guard isFirst else {
            await end(of: purse)
            // Whoever took the portion is to have it in the purse before others look.
            await Task.yield()
            return .taken(.none)
        }
        defer {
            let all = waiting.withLock { $0.removeValue(forKey: purse) } ?? []
            for continuation in all { continuation.resume() }
        }
        return try await store.take(needed, upTo: wanted, from: purse, of: budget)
    }

    func settle(_ settlements: [Settlement]) async throws { try await store.settle(settlements) }

    func spending(of key: String, in period: String) async throws -> Spending {
        try await store.spending(of: key, in: period)
    }

    /// Waits until the portion under way is taken out, or refused.
    private func end(of purse: PurseName) async {
        await withCheckedContinuation { continuation in
            let isOver = waiting.withLock { waiting in
                guard waiting[purse] != nil else { return true }
                waiting[purse]?.append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
    }
}
