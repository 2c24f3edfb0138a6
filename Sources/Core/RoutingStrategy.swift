/// A way to choose experts for a question. It decides and does nothing else: no expert is asked here.
public protocol RoutingStrategy: Sendable {
    /// What the configuration and the traces call it.
    var name: String { get }

    /// Chooses experts.
    ///
    /// - Parameters:
    ///   - need: the skills of the question; may be empty.
    ///   - pool: the experts that can answer it, in the order of the configuration; never empty.
    ///   - seed: where the draw starts. The same need, pool and seed give the same recruitment everywhere.
    /// - Throws: a `Fault` if the strategy names an expert that is not in the pool.
    func recruit(for need: Need, from pool: [Contender], seed: UInt64) throws -> Recruitment
}

/// An expert that could be recruited, with its record.
public struct Contender: Sendable, Hashable {
    public var card: ExpertCard
    public var profile: Profile

    public init(card: ExpertCard, profile: Profile) {
        self.card = card
        self.profile = profile
    }
}
