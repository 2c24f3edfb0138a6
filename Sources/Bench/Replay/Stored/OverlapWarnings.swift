/// Says where the log and a policy do too little alike for an estimate to be trusted.
enum OverlapWarnings {
    /// With fewer effective decisions an interval is itself a guess.
    private static let fewest = 30.0
    /// The mean weight is 1 where the log covers the policy; so far from it, more than chance is at work.
    private static let fairWeights = 0.8...1.25
    private static let mostNamed = 5

    static func of(_ finding: PolicyFinding) -> [String] {
        var warnings: [String] = []
        let outOf = "\(finding.decisions) decisions"
        if finding.decisions == 0 { return ["no routed question has feedback yet: no estimate"] }
        if !finding.strangers.isEmpty {
            let named = finding.strangers.prefix(mostNamed).map { "\($0.expert) (\($0.decisions))" }
            let more = finding.strangers.count - named.count
            let ending = finding.covered == 0 ? "no estimate" : "no estimate for decisions that hang on it"
            warnings.append(
                "the logged policy could never choose \(named.joined(separator: ", "))"
                    + (more > 0 ? " and \(more) more" : "") + " where this policy would: \(ending)")
        }
        if finding.otherSeats > 0 {
            warnings.append(
                "in \(finding.otherSeats) of \(outOf) the log recruited another number of experts: left out")
        }
        if finding.undecided > 0 {
            warnings.append("in \(finding.undecided) of \(outOf) this policy would have recruited nobody: left out")
        }
        guard let estimate = finding.estimate else {
            return warnings.isEmpty ? ["the log never did what this policy would do: no estimate"] : warnings
        }
        if finding.covered < finding.decisions {
            warnings.append("the estimates speak of \(finding.covered) of \(outOf) only")
        }
        if finding.uncoveredShare > 0 {
            warnings.append(
                "\(Numerals.percent(finding.uncoveredShare)) of what it does there was never tried: "
                    + "the estimates may be off by so much")
        }
        if estimate.effectiveDecisions < fewest {
            let count = Int(estimate.effectiveDecisions.rounded())
            warnings.append("only about \(count) of \(finding.covered) decisions tell: too few to rely on")
        }
        if !fairWeights.contains(estimate.meanWeight) {
            warnings.append(
                "weights average \(Numerals.decimals(estimate.meanWeight, 2)) where 1 is expected: "
                    + "the log does not cover what this policy does, or is too small")
        }
        if estimate.doublyRobust == nil {
            warnings.append("too many recruitments are possible to count: no doubly robust estimate")
        }
        if estimate.unusable > 0 {
            warnings.append("\(estimate.unusable) decisions hold no usable probability: left out")
        }
        return warnings
    }
}
