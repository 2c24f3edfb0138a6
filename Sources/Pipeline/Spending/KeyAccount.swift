public import Core
import Synchronization

/// Counts what one key asks for and spends, against its rates and its budget. Every call to an expert passes here,
/// whichever endpoint it is made for.
public final class KeyAccount: SpendAccount {
    private struct State {
        var requests: RateWindow?
        var tokens: RateWindow?
        var purse: Purse?
        /// Of periods that are over, while something of them is unsettled.
        var formerPurses: [Purse] = []
    }

    private let key: ClientKey
    private let holder: String
    private let store: any SpendStore
    private let time: TimeSource
    private let state: Mutex<State>

    /// - Parameter holder: this running program, by a name that no other has.
    public init(_ key: ClientKey, holder: String, store: any SpendStore, time: TimeSource) {
        self.key = key
        self.holder = holder
        self.store = store
        self.time = time
        state = Mutex(
            State(
                requests: key.rates.requestsPerMinute.map { RateWindow(limit: $0) },
                tokens: key.rates.tokensPerMinute.map { RateWindow(limit: $0) }))
    }

    /// Counts one request.
    ///
    /// - Throws: `rateLimited` with the wait.
    public func enter() throws(Fault) {
        let now = time.now()
        let obstacle = state.withLock { state -> (limit: Int, wait: Duration, what: String)? in
            // A key whose tokens are used up is told at the door, before its body is read.
            if state.tokens?.remaining(at: now) == 0, let wait = state.tokens?.take(1, at: now) {
                return (state.tokens?.limit ?? 0, wait, "tokens")
            }
            guard let wait = state.requests?.take(1, at: now) else { return nil }
            return (state.requests?.limit ?? 0, wait, "requests")
        }
        if let obstacle { throw tooFast(obstacle.limit, obstacle.what, obstacle.wait) }
    }

    public func reserve(_ most: Spend) async throws -> any SpendReservation {
        let now = time.now()
        let promisedTokens = most.tokens
        let obstacle = state.withLock { state in
            (state.tokens?.take(promisedTokens, at: now)).map { (state.tokens?.limit ?? 0, $0) }
        }
        if let (limit, wait) = obstacle { throw tooFast(limit, "tokens", wait) }
        let purse = currentPurse()
        do {
            try await purse.promise(most)
        } catch {
            correct(promisedTokens, to: 0, takenAt: now)
            throw error
        }
        return KeyReservation(most) { [self] real in
            purse.settle(most, real)
            correct(promisedTokens, to: real.tokens, takenAt: now)
        }
    }

    /// How near the rates are to their limits.
    public var standing: RateStanding {
        let now = time.now()
        return state.withLock { state in
            RateStanding(
                requests: Self.standing(&state.requests, at: now), tokens: Self.standing(&state.tokens, at: now))
        }
    }

    /// Spending of the current period that the store does not know of yet.
    public var unsettled: Spending { currentPurse().standing }

    /// Which period counts now, and when the next one begins.
    public var period: BudgetPeriod.Span { key.budget.period.span(at: time.timestamp()) }

    /// Notes in the store what was spent. Throws the first `Fault`; what could not be noted is noted the next time.
    ///
    /// - Parameter accounts: and for each whether nothing will be spent from it any more.
    public static func note(_ accounts: [(account: KeyAccount, isLast: Bool)], in store: any SpendStore) async throws {
        let all = accounts.flatMap { $0.account.settlements(isLast: $0.isLast) }
        guard !all.isEmpty else { return }
        do {
            try await store.settle(all.map(\.settlement))
        } catch {
            for (purse, settlement) in all { purse.restore(settlement) }
            throw error
        }
    }

    /// True while something is promised, taken out, or spent without having been noted.
    public var isOwing: Bool {
        state.withLock { ($0.purse.map { [$0] } ?? []) + $0.formerPurses }.contains { $0.standing != Spending() }
    }

    private func settlements(isLast: Bool) -> [(purse: Purse, settlement: Settlement)] {
        if !isLast { _ = currentPurse() }
        let (current, former) = state.withLock { ($0.purse, $0.formerPurses) }
        let all =
            former.map { ($0, $0.settlement(isLast: true)) }
            + (current.map { [($0, $0.settlement(isLast: isLast))] } ?? [])
        let done = all.filter { $0.1 == nil && $0.0.standing == Spending() }.map { ObjectIdentifier($0.0) }
        state.withLock { state in state.formerPurses.removeAll { done.contains(ObjectIdentifier($0)) } }
        return all.compactMap { purse, settlement in settlement.map { (purse, $0) } }
    }

    private func currentPurse() -> Purse {
        let span = period
        return state.withLock { state in
            if let purse = state.purse, purse.name.period == span.name { return purse }
            if let former = state.purse { state.formerPurses.append(former) }
            let purse = Purse(
                name: PurseName(key: key.id, period: span.name, holder: holder), renewsAt: span.renewsAt,
                budget: key.budget, keyName: key.name, store: store, time: time)
            state.purse = purse
            return purse
        }
    }

    private func correct(_ taken: Int, to real: Int, takenAt moment: TimeSource.Instant) {
        let now = time.now()
        state.withLock { $0.tokens?.correct(taken, to: real, takenAt: moment, now: now) }
    }

    private static func standing(
        _ window: inout RateWindow?, at now: TimeSource.Instant
    ) -> RateStanding.Part? {
        guard var read = window else { return nil }
        defer { window = read }
        return RateStanding.Part(
            limit: read.limit, remaining: read.remaining(at: now), reset: read.reset(at: now))
    }

    private func tooFast(_ limit: Int, _ what: String, _ wait: Duration) -> Fault {
        Fault(
            .rateLimited, "key \(key.name)", "it may take \(limit) \(what) a minute, and has taken them",
            hint: "Ask again in \(Int(wait.seconds.rounded(.up))) s", retryAfterSeconds: wait.seconds)
    }
}

/// How near a key is to its rates; nil where there is no limit.
public struct RateStanding: Sendable, Hashable {
    public struct Part: Sendable, Hashable {
        public var limit: Int
        public var remaining: Int
        /// Until nothing counts any more.
        public var reset: Duration

        public init(limit: Int, remaining: Int, reset: Duration) {
            self.limit = limit
            self.remaining = remaining
            self.reset = reset
        }
    }

    public var requests: Part?
    public var tokens: Part?
}

/// A promise that settles once, with nothing if it is forgotten.
private final class KeyReservation: SpendReservation {
    private let settlement: Mutex<(@Sendable (Spend) -> Void)?>

    init(_ most: Spend, settle: @escaping @Sendable (Spend) -> Void) { settlement = Mutex(settle) }

    deinit { settle(.none) }

    func settle(_ real: Spend) {
        let settle = settlement.withLock { $0.take() }
        settle?(real)
    }
}
