import Core
import Gating

/// How well each contender fits a need: competency in the needed skills, times its share of general strength.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, released code.
/// - local suitability: s_m = Σ over the need's skills w of profile_m[w], a skill named twice counting twice;
/// - general strength: G_m = Σ of the whole profile, all moved up by 1 − min(G) if one is negative, and
///   γ_m = G_m^(1/τ) / Σ_j G_j^(1/τ) with τ = 0.5;
/// - weight: s_m · γ_m over contenders with s_m > 0; if there is none, (s_m − min(s) + 1) · γ_m over all.
///
/// Reviewers restate it as a softmax of local × strength at temperature 0.5; `Normaliser.softmax` does that. We differ
/// where the code divides by zero: if all G are zero (nobody has a profile), γ is the same for all; if every weight is
/// zero, so are the weights.
struct SuitabilityScore {
    static let temperature = 0.5

    let local: [Double]
    let strength: [Double]
    /// What the draw normalises; a contender that may not be drawn weighs −∞.
    let weight: [Double]

    init(of contenders: [Contender], for need: Need, normaliser: RoutingPlan.Normaliser) throws {
        local = contenders.map { contender in
            need.skills.reduce(0) { $0 + contender.profile.competency(in: $1) }
        }
        strength = try Self.powerShares(contenders.map(\.profile.strength))
        weight = Self.weights(local: local, strength: strength, normaliser: normaliser)
    }

    /// γ: shares of general strength, or equal ones if nobody has any.
    private static func powerShares(_ totals: [Double]) throws -> [Double] {
        let least = totals.min() ?? 0
        let lifted = least < 0 ? totals.map { $0 - least + 1 } : totals
        guard lifted.contains(where: { $0 > 0 }) else {
            return totals.map { _ in 1 / Double(totals.count) }
        }
        var shares = lifted.map(Float.init)
        var span = shares.mutableSpan
        try PowerShare(temperature: temperature).normalise(&span)
        return shares.map(Double.init)
    }

    private static func weights(
        local: [Double], strength: [Double], normaliser: RoutingPlan.Normaliser
    ) -> [Double] {
        let products = zip(local, strength).map(*)
        guard normaliser == .powerGammaLinear else { return products }
        var weights: [Double]
        if local.contains(where: { $0 > 0 }) {
            weights = zip(local, products).map { $0 > 0 ? $1 : 0 }
        } else {
            let least = local.min() ?? 0
            weights = zip(local, strength).map { ($0 - least + 1) * $1 }
        }
        if !weights.contains(where: { $0 > 0 }) { weights = weights.map { _ in 1 } }
        return weights
    }
}
