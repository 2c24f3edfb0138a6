import Core
import Pipeline
import Routing

/// What would change who is recruited for a question: other seeds, and evidence that is not there yet. Ours.
struct ChoiceChanges {
    private static let seeds: UInt64 = 200
    private static let mostAnswers = 50

    let order: RunOrder
    let directory: ExpertDirectory
    let book: ProfileBook
    let seats: RunSeats

    func sentences() throws -> [String] {
        let strategy = order.strategy.routing.makeStrategy()
        let cards = try order.strategy.participants(of: order.experts).map { try directory.expert($0).card }
        let pool = cards.map { Contender(card: $0, profile: book.profile(of: $0.id)) }
        return try bySeed(strategy, pool) + byEvidence(strategy, pool)
    }

    /// How often other seeds recruit others.
    private func bySeed(_ strategy: any RoutingStrategy, _ pool: [Contender]) throws -> [String] {
        var counts: [String: Int] = [:]
        for seed in 0..<Self.seeds {
            let drawn = try strategy.recruit(
                for: seats.need, from: pool, seed: SeededRandom.derived(from: 0, index: seed))
            counts[drawn.experts.map(\.rawValue).sorted().joined(separator: ", "), default: 0] += 1
        }
        guard counts.count > 1 else { return ["no other seed changes who is recruited"] }
        let shares = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(4).map { panel, count in
            "\(panel) (\((Double(count) * 100 / Double(Self.seeds)).rounded().formatted)%)"
        }
        return ["other seeds recruit " + shares.joined(separator: "; ")]
    }

    /// How many right answers the next expert would need to suit the question better than the last one recruited.
    private func byEvidence(_ strategy: any RoutingStrategy, _ pool: [Contender]) throws -> [String] {
        let rated = seats.recruitment.suitabilities
        let recruited = Set(seats.recruitment.experts)
        guard let last = rated.last(where: { recruited.contains($0.expert) }),
            let next = rated.first(where: { !recruited.contains($0.expert) }), let skill = seats.need.skills.first,
            let place = pool.firstIndex(where: { $0.card.id == next.expert })
        else { return [] }
        var changed = pool
        for count in 1...Self.mostAnswers {
            changed[place].profile.add(skill, right: true)
            let again = try strategy.recruit(for: seats.need, from: changed, seed: seats.recruitment.seed).suitabilities
            let weight = { (id: ExpertID) in again.first { $0.expert == id }?.weight ?? 0 }
            guard weight(next.expert) > weight(last.expert) else { continue }
            let answers = count == 1 ? "one more right answer" : "\(count) more right answers"
            return ["\(next.expert) would suit it better than \(last.expert) with \(answers) in \(skill)"]
        }
        return [
            "\(next.expert) would not suit it better than \(last.expert) with \(Self.mostAnswers) more right answers"
        ]
    }
}

extension Double {
    /// A whole number without its point.
    fileprivate var formatted: String { String(Int(self)) }
}
