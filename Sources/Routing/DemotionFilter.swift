public import Core

/// Sets aside the experts that have become worse in a skill that the question needs, as long as anybody else is left: a
/// fallen expert is better than none.
public struct DemotionFilter: Sendable {
    private let book: CanaryBook

    public init(_ book: CanaryBook) { self.book = book }

    /// Splits experts into those that are recruited from and those that have fallen, in the order given.
    public func split(
        _ cards: [ExpertCard], for need: Need
    ) -> (standing: [ExpertCard], fallen: [Recruitment.Exclusion]) {
        let skills = need.skills
        var (standing, fallen) = ([ExpertCard](), [Recruitment.Exclusion]())
        for card in cards {
            if let reason = book.obstacle(for: card.id, needing: skills) {
                fallen.append(.init(expert: card.id, because: reason))
            } else {
                standing.append(card)
            }
        }
        return standing.isEmpty ? (cards, []) : (standing, fallen)
    }
}
