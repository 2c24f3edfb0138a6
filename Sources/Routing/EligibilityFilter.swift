public import Core

/// Sets aside the experts that cannot take a question, each with the reason.
public struct EligibilityFilter: Sendable {
    private let book: CapabilityBook

    /// - Parameter book: what experts were found to do; it counts beside what they are said to do.
    public init(_ book: CapabilityBook = .empty) { self.book = book }

    /// Splits experts into those that can answer and those that cannot, in the order given.
    public func split(
        _ cards: [(card: ExpertCard, health: ExpertHealth)], for question: Question
    ) -> (eligible: [ExpertCard], excluded: [Recruitment.Exclusion]) {
        var eligible: [ExpertCard] = []
        var excluded: [Recruitment.Exclusion] = []
        let tokens = question.estimatedTokens
        let needed = question.neededAbilities
        let tried = question.neededCapabilities
        for (card, health) in cards {
            let reason =
                obstacle(for: card, health: health, tokens: tokens, needed: needed)
                ?? book.obstacle(for: card.id, needing: tried, tokens: tokens)
            if let reason {
                excluded.append(.init(expert: card.id, because: reason))
            } else {
                eligible.append(card)
            }
        }
        return (eligible, excluded)
    }

    private func obstacle(
        for card: ExpertCard, health: ExpertHealth, tokens: Int, needed: [Ability]
    ) -> String? {
        switch health {
        case .ready: break
        case .resting(let wait, let why): return "resting for \(Int(wait.seconds.rounded(.up))) s: \(why)"
        case .unusable(let why): return why
        }
        if let missing = needed.first(where: { !card.abilities.contains($0) }) { return missing.lack }
        if let context = card.context, tokens > context {
            return "about \(tokens) tokens are needed, its context has \(context)"
        }
        return nil
    }
}
