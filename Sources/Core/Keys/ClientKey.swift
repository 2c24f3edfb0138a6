/// A key that was given to a client, as it is kept: what it may use and spend. The secret itself is nowhere; its digest
/// is, which only proves that a secret is the right one.
public struct ClientKey: Sendable, Hashable {
    /// `key_` and 16 hexadecimal digits; stands in traces and reports.
    public var id: String
    /// What people call it; of two keys in use no two have the same.
    public var name: String
    public var secret: KeyDigest
    /// How the secret begins, so that people can tell keys apart: too little to guess the rest from.
    public var prefix: String
    /// The secret before the last rotation, while it still counts.
    public var former: Former?
    /// Routes and experts that it may name; empty for all.
    public var scope: [String]
    public var rates: RateLimits
    public var budget: KeyBudget
    public var createdAt: Timestamp
    /// Nil for never.
    public var expiresAt: Timestamp?
    /// Nil if it was not.
    public var revokedAt: Timestamp?

    /// A secret that was replaced.
    public struct Former: Sendable, Hashable {
        public var secret: KeyDigest
        public var until: Timestamp

        public init(secret: KeyDigest, until: Timestamp) {
            self.secret = secret
            self.until = until
        }
    }

    /// Whether a key counts.
    public enum State: String, Sendable, Hashable, Codable { case active, expired, revoked }

    public init(
        id: String, name: String, secret: KeyDigest, prefix: String, former: Former? = nil, scope: [String] = [],
        rates: RateLimits = RateLimits(), budget: KeyBudget = .unlimited, createdAt: Timestamp,
        expiresAt: Timestamp? = nil, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.secret = secret
        self.prefix = prefix
        self.former = former
        self.scope = scope
        self.rates = rates
        self.budget = budget
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    public func state(at now: Timestamp) -> State {
        if revokedAt != nil { return .revoked }
        return expiresAt.map { $0 <= now } ?? false ? .expired : .active
    }
}

/// How much a key may ask for within any minute; nil means no limit.
public struct RateLimits: Sendable, Hashable, Codable {
    public var requestsPerMinute: Int?
    public var tokensPerMinute: Int?

    public init(requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil) {
        self.requestsPerMinute = requestsPerMinute
        self.tokensPerMinute = tokensPerMinute
    }
}

/// The SHA-256 digest of a secret.
public struct KeyDigest: Sendable, Hashable {
    public let bytes: [UInt8]

    /// Nil unless there are 32 bytes.
    public init?(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
        guard self.bytes.count == 32 else { return nil }
    }

    /// Takes as long for a nearly right digest as for a wrong one.
    public func matches(_ other: KeyDigest) -> Bool {
        zip(bytes, other.bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
