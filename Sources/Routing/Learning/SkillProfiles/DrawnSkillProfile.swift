import Core

/// Recruits by the draw of Symbolic-MoE from profiles that were counted in the evidence; both of its forms share this.
///
/// Profiles, scores and draw are those of `SkillRouter` (arXiv:2503.05641, steps B, D and E). The expectations are ours: the
/// paper has none, so the posterior means of `ShrunkenSkillProfile` stand in for votes to be weighed by.
struct DrawnSkillProfile: LearnedRouter {
    private let experts: [Contender]
    private let indices: [ExpertID: Int]
    private let means: SkillExpectations
    private let normaliser: RoutingPlan.Normaliser

    init(_ evidence: Evidence, normaliser: RoutingPlan.Normaliser) {
        let tally = SkillTally(evidence)
        experts = evidence.experts.enumerated().map { index, expert in
            Contender(
                card: ExpertCard(id: expert.id, kind: .scripted), profile: tally.profile(of: index, named: expert.id))
        }
        indices = Dictionary(
            evidence.experts.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        means = SkillExpectations(tally)
        self.normaliser = normaliser
    }

    func expectations(for view: QuestionView) -> [Float] { means.expectations(for: view) }

    /// Draws with replacement: an expert may sit twice, and is then asked twice.
    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let expected = view.masked(expectations(for: view))
        let pool = view.isOpen.isEmpty ? experts : zip(experts, view.isOpen).filter(\.1).map(\.0)
        guard !pool.isEmpty else { return SeatPlan(experts: [], expected: expected) }
        let need = Need(
            annotator: "evidence",
            mentions: view.skills.map { .init(keyword: $0.rawValue, score: 1, skill: $0, similarity: 1) })
        let recruited = try SkillRouter(RoutingPlan(seats: seats, normaliser: normaliser))
            .recruit(for: need, from: pool, seed: random.next())
        return SeatPlan(
            experts: recruited.seats.compactMap { indices[$0.expert] },
            probabilities: recruited.seats.map(\.probability), expected: expected)
    }
}
