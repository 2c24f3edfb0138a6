/// What a new policy would have earned, told from the decisions of another one that drew with known probabilities.
///
/// With w = new probability / logged probability of the logged action and q a model's expectation:
/// - inverse propensity: mean(w · reward). Unbiased if the log could draw whatever the new policy would.
/// - self-normalised: Σ w · reward / Σ w. A little biased, far steadier.
/// - doubly robust: mean(q(policy) + w · (reward − q(action))). Unbiased if either the probabilities or q are right.
///
/// Source: Dudík, Langford and Li, arXiv:1103.4601, sections 2 and 3; Swaminathan and Joachims, 2015, for the second.
/// Where we differ: weights are never clipped; the effective number of decisions says when they should not be trusted.
public struct OffPolicyEstimate: Sendable, Codable {
    /// An estimated mean reward and its 95 % bootstrap interval.
    public struct Estimate: Sendable, Hashable, Codable {
        public var value: Double
        public var interval: Interval
    }

    /// How many logged decisions were weighed.
    public let decisions: Int
    /// How many could not be: their logged probability was not above 0 and at most 1, or a number was missing.
    public let unusable: Int
    /// (Σ w)² / Σ w²: as many decisions of the new policy itself would tell as much.
    public let effectiveDecisions: Double
    public let largestWeight: Double
    /// Mean of w. Far from 1 the log does not cover what the new policy does.
    public let meanWeight: Double
    /// The logging policy's own mean reward.
    public let logged: Estimate
    public let inversePropensity: Estimate
    /// Nil where the new policy would have done nothing that was logged.
    public let selfNormalised: Estimate?
    /// Nil unless every decision has a model's expectations.
    public let doublyRobust: Estimate?

    /// Nil if no decision can be used.
    package init?(_ rows: [LoggedDecision], bootstrap: PairedBootstrap = PairedBootstrap()) {
        let usable = rows.filter { $0.isUsable }
        let ones = [Double](repeating: 1, count: usable.count)
        let weights = usable.map { $0.weight }
        let earned = usable.map { $0.weight * $0.reward }
        func estimate(_ above: [Double], by below: [Double]) -> Estimate? {
            guard let interval = bootstrap.interval(ofRatio: above, to: below) else { return nil }
            return Estimate(value: above.reduce(0, +) / below.reduce(0, +), interval: interval)
        }
        guard let logged = estimate(usable.map { $0.reward }, by: ones), let plain = estimate(earned, by: ones) else {
            return nil
        }
        let sum = weights.reduce(0, +)
        let squares = weights.reduce(0) { $0 + $1 * $1 }
        decisions = usable.count
        unusable = rows.count - usable.count
        effectiveDecisions = squares > 0 ? sum * sum / squares : 0
        largestWeight = weights.max() ?? 0
        meanWeight = sum / Double(usable.count)
        self.logged = logged
        inversePropensity = plain
        selfNormalised = sum > 0 ? estimate(earned, by: weights) : nil
        let corrected = usable.compactMap { row -> Double? in
            guard let action = row.expected, let policy = row.expectedOfPolicy else { return nil }
            return policy + row.weight * (row.reward - action)
        }
        doublyRobust = corrected.count == usable.count ? estimate(corrected, by: ones) : nil
    }

    /// What to make of it, for people.
    public var sentence: String {
        let best = doublyRobust ?? selfNormalised ?? inversePropensity
        let trust =
            effectiveDecisions < 30
            ? "; only about \(Int(effectiveDecisions.rounded())) decisions tell, too few to rely on" : ""
        return "The new policy would have earned \(Numerals.percent(best.value)) "
            + "(\(Numerals.percent(best.interval.low)) to \(Numerals.percent(best.interval.high))), "
            + "the logged one earned \(Numerals.percent(logged.value))\(trust)."
    }
}
