public import Core

/// What somebody wants a new key to be, checked before it is made: by the command line and by the admin API alike.
public struct KeyOrder: Sendable {
    public var name: String
    /// Routes and experts; empty for all.
    public var scope: [String]
    public var rates: RateLimits
    public var budget: KeyBudget
    /// How long it counts; nil for ever.
    public var lifetime: Duration?

    public init(
        name: String, scope: [String] = [], rates: RateLimits = RateLimits(), budget: KeyBudget = .unlimited,
        lifetime: Duration? = nil
    ) {
        self.name = name
        self.scope = scope
        self.rates = rates
        self.budget = budget
        self.lifetime = lifetime
    }

    private static let longestName = 64
    private static let mostRate = 1_000_000_000
    private static let mostDollars = 1_000_000.0

    /// A key as ordered, and its secret.
    ///
    /// - Parameters:
    ///   - models: every route and expert there is.
    ///   - entropy: 64 bits of a generator that nobody can foresee.
    /// - Throws: `invalidRequest` for what cannot be.
    public func make(
        models: [String], now: Timestamp, entropy: () -> UInt64
    ) throws -> (key: ClientKey, secret: KeySecret) {
        try check(models: models)
        let secret = KeySecret(entropy: entropy)
        let key = ClientKey(
            id: "key_" + entropy().paddedHex, name: name, secret: secret.digest, prefix: secret.prefix, scope: scope,
            rates: rates, budget: budget, createdAt: now,
            expiresAt: lifetime.map { Timestamp(microseconds: now.microseconds + Int64($0.seconds * 1_000_000)) })
        return (key, secret)
    }

    private func check(models: [String]) throws(Fault) {
        let isName = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || [45, 46, 95].contains(byte)
        }
        guard isName, !name.isEmpty, name.utf8.count <= Self.longestName, !name.hasPrefix("key_") else {
            throw Fault(
                .invalidRequest, "name", "\"\(name.prefix(80))\" is not a name for a key",
                expected:
                    "Letters, digits, - _ and . are expected, at most \(Self.longestName), not beginning with key_")
        }
        for model in scope where !models.contains(model) {
            throw Fault.unknown(
                .invalidRequest, "route or expert", named: String(model.prefix(80)), among: models,
                hint: "A key's routes name what it may use")
        }
        try Self.check("requests_per_minute", rates.requestsPerMinute)
        try Self.check("tokens_per_minute", rates.tokensPerMinute)
        try Self.check("budget_tokens", budget.tokens)
        try Self.check("budget_calls", budget.calls)
        if let dollars = budget.dollars, !(dollars > 0 && dollars <= Self.mostDollars) {
            throw Fault(
                .invalidRequest, "budget_dollars", "it is \(dollars)",
                expected: "An amount above 0 and up to \(Int(Self.mostDollars)) is expected",
                hint: "Leave it out for no limit")
        }
        if !budget.isLimited, budget.period != .total {
            throw Fault(
                .invalidRequest, "period", "there is no budget for the \(budget.period.rawValue)",
                hint: "Give a budget in dollars, tokens or calls, or leave the period out")
        }
        if let lifetime, lifetime <= .zero {
            throw Fault(.invalidRequest, "expires", "the key would have expired when it is made", hint: "Write 90d")
        }
    }

    private static func check(_ name: String, _ value: Int?) throws(Fault) {
        guard let value, !(1...mostRate).contains(value) else { return }
        throw Fault(
            .invalidRequest, name, "it is \(value)", expected: "A whole number from 1 to \(mostRate) is expected",
            hint: "Leave it out for no limit")
    }
}

extension ClientKey {
    /// The same key with a new secret; the old one counts for `grace` longer.
    public func rotated(
        grace: Duration, now: Timestamp, entropy: () -> UInt64
    ) throws(Fault) -> (key: ClientKey, secret: KeySecret) {
        guard revokedAt == nil else {
            throw Fault(.invalidRequest, "key \"\(name)\"", "it was revoked", hint: "Create a new one")
        }
        let fresh = KeySecret(entropy: entropy)
        var copy = self
        let until = Timestamp(microseconds: now.microseconds + Int64(grace.seconds * 1_000_000))
        copy.former = grace > .zero ? Former(secret: secret, until: until) : nil
        copy.secret = fresh.digest
        copy.prefix = fresh.prefix
        return (copy, fresh)
    }

    /// The same key, which counts no more.
    public func revoked(at now: Timestamp) -> ClientKey {
        var copy = self
        copy.revokedAt = revokedAt ?? now
        copy.former = nil
        return copy
    }
}

extension [ClientKey] {
    /// The key of this id or name; of several with one name, the one in use, else the latest.
    ///
    /// - Throws: `unknownKey` with the nearest name.
    public func key(named name: String) throws(Fault) -> ClientKey {
        if let key = first(where: { $0.id == name }) ?? first(where: { $0.name == name && $0.revokedAt == nil })
            ?? last(where: { $0.name == name })
        {
            return key
        }
        throw Fault.unknown(
            .unknownKey, "key", named: String(name.prefix(80)), among: map(\.name), hint: "muster key list shows all")
    }
}
