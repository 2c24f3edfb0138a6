import Core
import Synchronization

/// What this program has taken out of one key's budget for one period, and what became of it: spent in memory, so that
/// questions wait for the store only when more has to be taken out.
final class Purse: Sendable {
    private struct State {
        /// Taken out and neither promised nor spent; below zero where calls took more than was promised for them.
        var free = Spend.none
        /// Promised to calls under way.
        var promised = Spend.none
        /// Spent and not yet noted in the store, unlimited parts too.
        var unsettled = Spend.none
        var lastUse = TimeSource.Instant(offset: .zero)
    }

    /// The share of a budget that is taken out at a time: what a program's sudden end costs at most.
    static let share = 50
    /// What was not used for so long is brought back, for other programs to use.
    static let idle = Duration.seconds(30)

    let name: PurseName
    let renewsAt: Timestamp?
    private let budget: KeyBudget
    private let keyName: String
    private let store: any SpendStore
    private let time: TimeSource
    private let state = Mutex(State())
    /// One portion is taken out at a time, for all who wait: a crowd that comes at once would set a portion aside each,
    /// and the whole budget with them.
    private let portions = ConcurrencyLimit(1)

    init(
        name: PurseName, renewsAt: Timestamp?, budget: KeyBudget, keyName: String, store: any SpendStore,
        time: TimeSource
    ) {
        self.name = name
        self.renewsAt = renewsAt
        self.budget = budget
        self.keyName = keyName
        self.store = store
        self.time = time
    }

    /// Promises so much to a call.
    ///
    /// - Throws: `quotaUsedUp` with what is left and when there will be more.
    func promise(_ most: Spend) async throws {
        let most = budget.limited(most)
        if take(most) == nil { return }
        let turn = try await portions.enter()
        defer { withExtendedLifetime(turn) {} }
        // What was taken out meanwhile may be enough.
        while let missing = take(most) {
            let amount = budget.amount
            let portion = Spend(
                nanodollars: amount.nanodollars / Self.share, tokens: amount.tokens / Self.share,
                calls: amount.calls / Self.share)
            let wanted = budget.limited(missing.raised(to: portion))
            switch try await store.take(missing, upTo: wanted, from: name, of: budget) {
            case .taken(let more): state.withLock { $0.free += more }
            case .refused(let left):
                // Another call may have brought something back meanwhile.
                guard take(most) != nil else { return }
                throw refusal(of: most, left: left + state.withLock { $0.free })
            }
        }
    }

    /// Takes a promise out of what is free; what is missing if it is too little.
    private func take(_ most: Spend) -> Spend? {
        state.withLock { state in
            state.lastUse = time.now()
            guard most.fits(in: state.free) else { return (most - state.free).raised(to: .none) }
            state.free = state.free - most
            state.promised += most
            return nil
        }
    }

    /// Puts what a call took in place of what was promised to it.
    func settle(_ promised: Spend, _ real: Spend) {
        let promised = budget.limited(promised)
        state.withLock { state in
            state.promised = state.promised - promised
            state.free += promised - budget.limited(real)
            state.unsettled += real
        }
    }

    /// What has to be noted in the store now; nil if there is nothing. If it cannot be, `restore` takes it back.
    ///
    /// - Parameter isLast: nobody will spend from here any more: bring everything back.
    func settlement(isLast: Bool) -> Settlement? {
        state.withLock { state in
            let isIdle = isLast || time.now().offset - state.lastUse.offset >= Self.idle
            let returned = isIdle && state.promised == .none ? state.free.raised(to: .none) : .none
            guard state.unsettled != .none || returned != .none else { return nil }
            defer {
                state.unsettled = .none
                state.free = state.free - returned
                // What was overdrawn stands in the store from now on.
                state.free = state.free.raised(to: .none - state.promised)
            }
            return Settlement(
                purse: name, spent: state.unsettled, covered: budget.limited(state.unsettled), returned: returned)
        }
    }

    func restore(_ settlement: Settlement) {
        state.withLock { state in
            state.unsettled += settlement.spent
            state.free += settlement.returned
        }
    }

    /// Spent in memory only, so far; and taken out without being spent.
    var standing: Spending {
        state.withLock { Spending(spent: $0.unsettled, setAside: ($0.free + $0.promised).raised(to: .none)) }
    }

    private func refusal(of most: Spend, left: Spend) -> Fault {
        var lacks: [String] = []
        if let dollars = budget.dollars, most.nanodollars > left.nanodollars {
            let rest = max(0, left.dollars)
            lacks.append(
                "$\(rest.inDollars) of $\(dollars.inDollars) are left and the call may cost $\(most.dollars.inDollars)")
        }
        if let tokens = budget.tokens, most.tokens > left.tokens {
            lacks.append("\(max(0, left.tokens)) of \(tokens) tokens are left and the call may take \(most.tokens)")
        }
        if let calls = budget.calls, most.calls > left.calls {
            lacks.append("\(max(0, left.calls)) of \(calls) calls are left")
        }
        let underWay = state.withLock { $0.promised } == .none ? "" : ", beside what calls under way may take"
        let period = budget.period == .total ? "" : " for the \(budget.period.rawValue)"
        let renewal = renewsAt.map { "The budget renews at \(CalendarDay(of: $0).text) 00:00 UTC" }
        return Fault(
            .quotaUsedUp, "key \(keyName)",
            "its budget\(period) is used up: \(lacks.joined(separator: ", "))\(underWay)",
            expected: renewal ?? "The budget does not renew by itself",
            hint: "Ask for fewer tokens, or for another key")
    }
}
