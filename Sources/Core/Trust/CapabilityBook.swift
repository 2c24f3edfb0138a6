/// The capability matrix: what each expert was found to do, as far as it was tried.
public struct CapabilityBook: Sendable, Hashable {
    private var rows: [ExpertID: [Capability: CapabilityFinding]] = [:]

    public static let empty = CapabilityBook([:])

    public init(_ findings: [ExpertID: [CapabilityFinding]]) {
        rows = findings.mapValues { list in
            Dictionary(list.map { ($0.capability, $0) }, uniquingKeysWith: { _, last in last })
        }
    }

    /// What was kept about the experts as they are configured now.
    public init(_ records: [CapabilityRecord], of specs: [ExpertSpec]) {
        let identities = Dictionary(specs.map { ($0.card.id, $0.identity) }, uniquingKeysWith: { first, _ in first })
        self.init(
            Dictionary(grouping: records.filter { identities[$0.expert] == $0.identity }, by: \.expert)
                .mapValues { $0.map(\.finding) })
    }

    /// What was found about an expert, in the order of `Capability`.
    public func findings(of expert: ExpertID) -> [CapabilityFinding] {
        let row = rows[expert] ?? [:]
        return Capability.allCases.compactMap { row[$0] }
    }

    public func finding(_ capability: Capability, of expert: ExpertID) -> CapabilityFinding? {
        rows[expert]?[capability]
    }

    /// What an expert is said to be able to do, without what it was found unable to.
    public func abilities(of card: ExpertCard) -> [Ability] {
        Ability.allCases.filter { ability in
            card.abilities.contains(ability) && Capability(ability).flatMap { rows[card.id]?[$0]?.verdict } != .no
        }
    }

    /// Why an expert cannot take a question, as was found when it was tried; nil if nothing speaks against it.
    public func obstacle(for expert: ExpertID, needing needed: [Capability], tokens: Int) -> String? {
        guard let row = rows[expert] else { return nil }
        if let found = needed.lazy.compactMap({ row[$0] }).first(where: { $0.verdict == .no }) {
            return "\(found.capability.lack) (\(found.source))"
        }
        if let context = row[.context], context.verdict == .no, let held = context.tokens, tokens > held {
            return "about \(tokens) tokens are needed, its context was found to hold \(held) (\(context.source))"
        }
        return nil
    }
}

extension CapabilityFinding {
    /// Where it is known from.
    fileprivate var source: String { "found by muster expert test on \(CalendarDay(of: at).text)" }
}
