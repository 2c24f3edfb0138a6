public import Core
import Synchronization

/// Keeps keys and what they spent in memory, by the same rules as the store.
public final class KeyShelf: KeyStore, SpendStore {
    private struct State {
        var keys: [ClientKey] = []
        var changes = 0
        var spent: [[String]: Spend] = [:]
        var taken: [PurseName: Spend] = [:]
        var takings = 0
        var fault: Fault?
    }

    private let state = Mutex(State())

    public init(_ keys: [ClientKey] = []) { state.withLock { $0.keys = keys } }

    /// How often something was taken out.
    public var takings: Int { state.withLock { $0.takings } }

    /// From now on every write fails with this; nil for none.
    public func fail(with fault: Fault?) { state.withLock { $0.fault = fault } }

    public func keys() async throws -> [ClientKey] { state.withLock { $0.keys } }
    public func keyChanges() async throws -> Int { state.withLock { $0.changes } }

    public func add(_ key: ClientKey) async throws {
        state.withLock { state in
            state.keys.append(key)
            state.changes += 1
        }
    }

    public func replace(_ key: ClientKey) async throws {
        state.withLock { state in
            state.keys.removeAll { $0.id == key.id }
            state.keys.append(key)
            state.changes += 1
        }
    }

    public func take(
        _ needed: Spend, upTo wanted: Spend, from purse: PurseName, of budget: KeyBudget
    ) async throws -> Taking {
        try state.withLock { state in
            if let fault = state.fault { throw fault }
            let now = Self.spending(of: purse.key, in: purse.period, state)
            let left = (budget.amount - budget.limited(now.spent + now.setAside)).raised(to: .none)
            guard needed.fits(in: left) else { return .refused(left: left) }
            let taken = wanted.lowered(to: left).raised(to: needed)
            state.taken[purse, default: .none] += taken
            state.takings += 1
            return .taken(taken)
        }
    }

    public func settle(_ settlements: [Settlement]) async throws {
        try state.withLock { state in
            if let fault = state.fault { throw fault }
            for settlement in settlements {
                let purse = settlement.purse
                state.spent[[purse.key, purse.period], default: .none] += settlement.spent
                let left = state.taken[purse, default: .none] - settlement.covered - settlement.returned
                state.taken[purse] = left.raised(to: .none)
            }
        }
    }

    public func spending(of key: String, in period: String) async throws -> Spending {
        state.withLock { Self.spending(of: key, in: period, $0) }
    }

    private static func spending(of key: String, in period: String, _ state: State) -> Spending {
        Spending(
            spent: state.spent[[key, period]] ?? .none,
            setAside: state.taken.filter { $0.key.key == key && $0.key.period == period }.values.reduce(.none, +))
    }
}
