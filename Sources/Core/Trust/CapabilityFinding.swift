/// What was seen when an expert was tried at one thing: a cell of the capability matrix.
public struct CapabilityFinding: Sendable, Hashable, Codable {
    public enum Verdict: String, Sendable, Hashable, Codable {
        case yes
        case no
        /// It could not be tried, or what came showed nothing.
        case unclear
    }

    public var capability: Capability
    public var verdict: Verdict
    /// What was seen, as a sentence without its subject.
    public var seen: String
    /// `context` alone: about so many tokens were read from the first to the last, four bytes each.
    public var tokens: Int?
    public var at: Timestamp

    public init(
        _ capability: Capability, _ verdict: Verdict, seen: String, tokens: Int? = nil, at: Timestamp
    ) {
        self.capability = capability
        self.verdict = verdict
        self.seen = seen
        self.tokens = tokens
        self.at = at
    }
}

/// A finding with what it is about: an expert, as it was configured when it was tried.
public struct CapabilityRecord: Sendable, Hashable {
    public var expert: ExpertID
    /// Of the expert's `ExpertSpec.identity` then: findings about another model say nothing about this one.
    public var identity: String
    public var finding: CapabilityFinding

    public init(expert: ExpertID, identity: String, finding: CapabilityFinding) {
        self.expert = expert
        self.identity = identity
        self.finding = finding
    }
}

/// Keeps what experts were found to do.
public protocol CapabilityStore: Sendable {
    /// Keeps findings; a later one on the same expert and capability replaces an earlier one, one that is unclear replaces
    /// none of the same identity.
    func keep(_ records: [CapabilityRecord]) async throws
    /// Everything that is known, by expert.
    func capabilities() async throws -> [CapabilityRecord]
    /// Forgets what was found about an expert; returns how many findings that were.
    func forgetCapabilities(of expert: ExpertID) async throws -> Int
}

extension ExpertSpec {
    /// Stands for which model is asked where, and with which context: what was found about another says nothing here.
    public var identity: String {
        Fingerprint(
            of: card.kind.rawValue, card.model, baseURL ?? "", unixSocket ?? "", card.context.map(String.init) ?? ""
        ).hex
    }
}
