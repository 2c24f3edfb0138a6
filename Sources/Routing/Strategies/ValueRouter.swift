public import Core

/// Gives one seat to the expert whose expected accuracy is best worth its price.
///
/// value_m = p_m − λ · c_m / max(c), where p_m is the mean over the needed skills of the shrunken share of right answers
/// (Beta posterior, one imagined right and one imagined wrong), c_m its price for as many tokens in as out, and λ the
/// accuracy that the dearest expert's price must be worth. The form is RouterBench's (arXiv:2403.12031, section 4:
/// performance minus weighted cost); estimating p by skill is ours. Without known skills the whole profile counts.
public struct ValueRouter: RoutingStrategy {
    private let priceWeight: Double
    private let seatCount: Int

    public let name = RoutingPlan.Strategy.value.rawValue

    /// Takes the settings `price_weight` (λ, 0...1) and `seats`; several seats go to the next best values.
    public init(_ plan: RoutingPlan) {
        priceWeight = plan.priceWeight
        seatCount = plan.seats
    }

    public func recruit(for need: Need, from pool: [Contender], seed: UInt64) throws -> Recruitment {
        let prices = pool.map { $0.card.price.input + $0.card.price.output }
        let dearest = prices.max() ?? 0
        let values = pool.indices.map { index -> Recruitment.Suitability in
            let accuracy = expectedAccuracy(of: pool[index].profile, for: need)
            let cost = dearest > 0 ? prices[index] / dearest : 0
            return .init(
                expert: pool[index].card.id, local: accuracy, strength: 1 - cost,
                weight: accuracy - priceWeight * cost, probability: 0)
        }
        var ranked = values.enumerated()
            .sorted { ($0.element.weight, $1.offset) > ($1.element.weight, $0.offset) }.map(\.element)
        for index in ranked.indices.prefix(seatCount) { ranked[index].probability = 1 }
        return Recruitment(
            strategy: name, seats: ranked.prefix(seatCount).map { .init(expert: $0.expert, probability: 1) },
            suitabilities: ranked, seed: seed,
            reason: "expected accuracy minus \(priceWeight) × relative price is best")
    }

    private func expectedAccuracy(of profile: Profile, for need: Need) -> Double {
        let skills = need.skills
        guard !skills.isEmpty else {
            let whole = profile.records.sorted { $0.key < $1.key }.reduce(into: SkillRecord()) { sum, record in
                sum.right += record.value.right
                sum.wrong += record.value.wrong
            }
            return whole.shrunkShare
        }
        return skills.reduce(0) { $0 + (profile.records[$1] ?? SkillRecord()).shrunkShare } / Double(skills.count)
    }
}
