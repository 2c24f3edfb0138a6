import Core

/// Lets others verify a small expert's answer, and asks the strong one where they do not bear it out.
///
///     v = share of verifiers who give the same answer;   escalate  ⇔  low ≤ v < high
///
/// Source: AutoMix (arXiv:2310.12963), whose small model is asked several times whether its own answer is right; here v is the
/// agreement of the first answers, since records hold one answer of each expert. With a single threshold low is 0; with a
/// double one answers that nobody shares stay as they are: on hopeless questions the strong expert's price is spared.
/// Verifiers and small expert are the cheapest experts, the best of them is the small one and asked last. Of all bands the
/// one with the highest accuracy on the recorded questions is kept whose mean cost keeps to a budget; its third
/// meta-verifier, a Markov decision process, we leave out.
public struct AutoMix: RouterLearner {
    /// How many thresholds tell when to escalate.
    public enum Thresholds: String, Sendable { case single, double }

    public let name: String
    public let thresholds: Thresholds
    public let verifiers: Int
    /// The mean cost of a question, in costs of always asking the strong expert.
    public let budget: Double

    public init(thresholds: Thresholds = .single, verifiers: Int = 2, budget: Double = 1) {
        precondition(verifiers > 0 && budget > 0, "somebody verifies, and nothing is free")
        name = thresholds == .single ? "automix" : "automix-double"
        self.thresholds = thresholds
        self.verifiers = verifiers
        self.budget = budget
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        let costs = try evidence.costs(for: name)
        guard evidence.experts.count >= 3, !evidence.answers.isEmpty else {
            throw Fault(
                .unsupported, name,
                evidence.answers.isEmpty
                    ? "no answers are recorded" : "there are only \(evidence.experts.count) experts",
                expected: "the answers of a strong expert, of a small one and of one that verifies",
                hint: "Choose a mechanism that needs scores only, such as knn")
        }
        let means = evidence.overallMeans
        let strong = means.indices.min { (-means[$0], $0) < (-means[$1], $1) } ?? 0
        let cheapest = costs.indices.filter { $0 != strong }
            .sorted { (costs[$0], -means[$0], $0) < (costs[$1], -means[$1], $1) }.prefix(verifiers + 1)
        let first = cheapest.sorted { (means[$0], $0) < (means[$1], $1) }
        let band = bestBand(evidence, first: first, strong: strong, costs: costs)
        // Where nothing is escalated there is nothing to verify.
        let rungs = band.isEmpty ? Array(first.suffix(1)) : first + [strong]
        return Verified(means: means, ladder: Ladder(rungs: rungs), strong: strong, band: band)
    }

    private func bestBand(_ evidence: Evidence, first: [Int], strong: Int, costs: [Double]) -> EscalationBand {
        let steps = first.count
        let bands = (0...steps).flatMap { high -> [EscalationBand] in
            let lows = thresholds == .single ? 0...0 : 0...high
            return lows.map { EscalationBand(low: Self.share($0, steps), high: Self.share(high, steps)) }
        }
        let firstCost = first.reduce(0) { $0 + costs[$1] }
        let smallCost = first.last.map { costs[$0] } ?? 0
        var best = (accuracy: -1.0, cost: Double.infinity, band: EscalationBand(low: 0, high: 0))
        for band in bands {
            var score = 0.0
            var count = 0.0
            var escalated = 0.0
            for question in evidence.views.indices {
                let scores = Array(evidence.scores(of: question))
                guard let small = first.last, !scores[small].isNaN, !scores[strong].isNaN else { continue }
                let answers = Array(evidence.answers(to: question))
                let escalates = band.escalates(EscalationBand.agreement(first.map { answers[$0] }))
                count += 1
                score += Double(scores[escalates ? strong : small])
                if escalates { escalated += 1 }
            }
            guard count > 0 else { continue }
            let cost = band.isEmpty ? smallCost : firstCost + escalated / count * costs[strong]
            // Nothing is cheaper than the small expert alone: it stands whatever the budget.
            guard cost <= budget * costs[strong] || band.isEmpty else { continue }
            if (score / count, -cost) > (best.accuracy, -best.cost) { best = (score / count, cost, band) }
        }
        return best.band
    }

    /// The agreement of `step` verifiers, of whom there is one less than `steps`; the last step lies above all.
    private static func share(_ step: Int, _ steps: Int) -> Float {
        step == steps ? 2 : Float(step) / Float(max(1, steps - 1))
    }
}

/// Which agreements send a question on to the strong expert.
struct EscalationBand: Sendable, Hashable {
    var low: Float
    var high: Float

    /// Whether no agreement lies in it.
    var isEmpty: Bool { low >= high }

    func escalates(_ agreement: Float) -> Bool { agreement >= low && agreement < high }

    /// The share of the answers before the last that equal it; an answer that is not known equals none. 0 without others.
    static func agreement(_ answers: [Int32]) -> Float {
        guard let own = answers.last, own >= 0, answers.count > 1 else { return 0 }
        return Float(answers.dropLast().count { $0 == own }) / Float(answers.count - 1)
    }
}

private struct Verified: LearnedRouter {
    let means: [Float]
    let ladder: Ladder
    let strong: Int
    let band: EscalationBand

    func expectations(for view: QuestionView) -> [Float] { means }

    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        try ladder.plan(for: view, seats: seats, expected: view.masked(means))
    }

    func isEnough(_ heard: [HeardAnswer], of plan: SeatPlan, for view: QuestionView) -> Bool {
        // Only when all but the strong one were heard is there something to verify with.
        guard plan.experts.last == strong, heard.count == plan.experts.count - 1 else { return false }
        return !band.escalates(EscalationBand.agreement(heard.map(\.answer)))
    }
}
