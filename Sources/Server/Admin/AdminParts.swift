public import Core
import HTTPTypes
public import Pipeline

/// What the admin API works on. Without it there is no admin API.
public struct AdminParts: Sendable {
    let key: Secret
    let ring: KeyRing
    let prices: any PriceStore
    let directory: @Sendable () -> ExpertDirectory
    /// Nil where experts are neither added nor removed.
    let desk: (any ExpertDesk)?
    let entropy: @Sendable () -> UInt64
    /// Nil where nothing but keys, accounts and pauses can be administrated.
    let steward: (any Steward)?

    /// - Parameters:
    ///   - key: of whoever may administrate; no client's.
    ///   - directory: the experts as configured now.
    ///   - steward: tries experts and reads the configuration anew; nil where nobody does.
    ///   - entropy: 64 bits of a generator that nobody can foresee: secrets are made of it.
    public init(
        key: Secret, ring: KeyRing, prices: any PriceStore, directory: @escaping @Sendable () -> ExpertDirectory,
        desk: (any ExpertDesk)? = nil, steward: (any Steward)? = nil, entropy: @escaping @Sendable () -> UInt64
    ) {
        self.key = key
        self.ring = ring
        self.prices = prices
        self.directory = directory
        self.desk = desk
        self.entropy = entropy
        self.steward = steward
    }
}

extension AdminParts {
    /// Where there is no steward.
    static let nobodyDoes = Refusal(
        .notFound, code: "path_not_found", "This service was started without anybody who could do that.")
}
