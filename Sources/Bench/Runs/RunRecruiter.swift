import Core
import Pipeline
import Routing

/// Recruits for every question of a run before anyone is asked.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, steps D to F. The draw of question i has a seed of its own, derived from the
/// run's.
struct RunRecruiter {
    let order: RunOrder
    let directory: ExpertDirectory
    let needs: NeedFinder
    let profiles: ProfileShelf

    /// The seats of every question, in the order of the questions.
    func recruit() async throws -> [RunSeats] {
        let snapshot = profiles.snapshot
        let routing = order.strategy.routing
        let strategy = routing.makeStrategy()
        let cards = try order.strategy.participants(of: order.experts).map { try directory.expert($0).card }
        let found = try await findNeeds(matcher: snapshot.matcher)
        var recruitments = try order.questions.indices.map { index in
            let (eligible, excluded) = eligible(cards, for: index)
            let pool = eligible.map { Contender(card: $0, profile: snapshot.book.profile(of: $0.id)) }
            var recruitment = try strategy.recruit(
                for: found[index], from: pool, seed: SeededRandom.derived(from: order.seed, index: UInt64(index)))
            recruitment.excluded = excluded
            return recruitment
        }
        if routing.trim > 0 {
            recruitments = try RareExpertTrim(least: routing.trim).trim(recruitments, seed: order.seed)
        }
        return order.questions.indices.map {
            RunSeats(question: order.questions[$0].id, need: found[$0], recruitment: recruitments[$0])
        }
    }

    private func findNeeds(matcher: SkillMatcher) async throws -> [Need] {
        switch order.strategy.routing.strategy {
        case .fixed, .random: order.questions.map { _ in Need(annotator: "none", mentions: []) }
        case .skill, .value:
            try await needs.needs(of: order.questions.map { Question($0.question) }, matcher: matcher).map(\.need)
        }
    }

    /// Who can take the question at all. Health is left out: a run may well outlast a rest. If nobody can, all are
    /// asked and say so themselves.
    private func eligible(
        _ cards: [ExpertCard], for index: Int
    ) -> (eligible: [ExpertCard], excluded: [Recruitment.Exclusion]) {
        let split = EligibilityFilter().split(
            cards.map { ($0, .ready) }, for: order.question(index, seat: 0, of: 1))
        return split.eligible.isEmpty ? (cards, []) : split
    }
}
