public import Core
public import Pipeline
import Synchronization

/// The keys of clients as the running service knows them, each with its account: read from the store when something has
/// changed there, so that no request waits for it.
public final class KeyRing: Sendable {
    private struct State {
        var changes = -1
        var keys: [ClientKey] = []
        /// By the first bytes of a digest: which of them fits is compared in constant time.
        var bySecret: [UInt64: [ClientKey]] = [:]
        var accounts: [String: (key: ClientKey, account: KeyAccount)] = [:]
        /// Of keys that were changed or revoked, until what they spent is noted.
        var retired: [KeyAccount] = []
    }

    public let store: any KeyStore & SpendStore
    private let holder: String
    private let time: TimeSource
    private let state = Mutex(State())
    /// Two that change a key at once would undo each other.
    private let changes = ConcurrencyLimit(1, queue: 1_000)

    /// - Parameter holder: this running program, by a name that no other has.
    public init(store: any KeyStore & SpendStore, holder: String, time: TimeSource) {
        self.store = store
        self.holder = holder
        self.time = time
    }

    /// Reads a key, changes it and keeps it, while nobody else here does so. Throws what `change` throws, or a `Fault`:
    /// `unknownKey` with the nearest name, or one of the store.
    func change<Changed>(
        _ name: String, _ change: (ClientKey) throws -> (ClientKey, Changed)
    ) async throws -> (ClientKey, Changed) {
        let turn = try await changes.enter()
        defer { withExtendedLifetime(turn) {} }
        let (key, changed) = try change(try await store.keys().key(named: name))
        try await store.replace(key)
        return (key, changed)
    }

    /// Reads the keys again if one has changed since. Throws a `Fault` of the store.
    public func refresh() async throws {
        let changes = try await store.keyChanges()
        guard state.withLock({ $0.changes }) != changes else { return }
        let keys = try await store.keys()
        state.withLock { state in
            // A slower reader must not bring back what an earlier one has seen gone.
            guard changes > state.changes else { return }
            state.changes = changes
            state.keys = keys
            state.bySecret = [:]
            for key in keys where key.revokedAt == nil {
                for digest in [key.secret] + (key.former.map { [$0.secret] } ?? []) {
                    state.bySecret[Self.mark(of: digest), default: []].append(key)
                }
            }
            for (id, entry) in state.accounts {
                let now = keys.first { $0.id == id && $0.revokedAt == nil }
                guard now?.rates != entry.key.rates || now?.budget != entry.key.budget else { continue }
                state.accounts[id] = nil
                state.retired.append(entry.account)
            }
        }
    }

    /// True if no key was ever made: only then may a service without configured keys be open to everybody.
    public var isEmpty: Bool { state.withLock { $0.keys.isEmpty } }

    /// All keys, as last read.
    public var keys: [ClientKey] { state.withLock { $0.keys } }

    /// Whoever presents this secret; nil if it is no key's. One that is not known yet may have been made this moment, so
    /// the store is asked once more.
    func holder(of secret: KeySecret) async throws -> (key: ClientKey, account: KeyAccount)? {
        let digest = secret.digest
        if let known = find(digest) { return known }
        try await refresh()
        return find(digest)
    }

    /// For work that goes on behind a request, whose asker is known by the key's id; nil if the key does not count.
    public func asker(key id: String) -> Asker? {
        let now = time.timestamp()
        return state.withLock { state in
            guard let key = state.keys.first(where: { $0.id == id }), key.state(at: now) == .active else { return nil }
            return Asker(key, account: account(of: key, &state))
        }
    }

    /// How a key's account stands that is in use here; nil if it was not used.
    public func account(ofKey id: String) -> KeyAccount? { state.withLock { $0.accounts[id]?.account } }

    private func find(_ digest: KeyDigest) -> (key: ClientKey, account: KeyAccount)? {
        let now = time.timestamp()
        return state.withLock { state in
            let key = state.bySecret[Self.mark(of: digest)]?.first { key in
                key.secret.matches(digest) || key.former.map { $0.secret.matches(digest) && now < $0.until } ?? false
            }
            return key.map { ($0, account(of: $0, &state)) }
        }
    }

    private func account(of key: ClientKey, _ state: inout State) -> KeyAccount {
        if let known = state.accounts[key.id] { return known.account }
        let account = KeyAccount(key, holder: holder, store: store, time: time)
        state.accounts[key.id] = (key, account)
        return account
    }

    /// Notes in the store what was spent since. Throws the first `Fault` of the store; what could not be noted is noted
    /// the next time.
    ///
    /// - Parameter isLast: nothing will be spent any more: what was taken out is brought back.
    public func flush(isLast: Bool = false) async throws {
        let (accounts, retired) = state.withLock { ($0.accounts.values.map(\.account), $0.retired) }
        try await KeyAccount.note(
            accounts.map { ($0, isLast) } + retired.map { ($0, true) }, in: store)
        state.withLock { state in state.retired.removeAll { !$0.isOwing } }
    }

    private static func mark(of digest: KeyDigest) -> UInt64 {
        digest.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension Asker {
    init(_ key: ClientKey, account: KeyAccount) {
        self.init(key: key.id, name: key.name, scope: key.scope, account: account)
    }
}
