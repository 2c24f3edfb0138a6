/// Learns how much each expert's vote is worth, alone and in company, from questions whose right answer is known.
///
/// Naive Bayes (`PosteriorRule`) would be right if experts erred independently; models trained on the same texts do not.
/// So the utility of an answer a, given by the experts S, starts as naive Bayes and gets learned corrections:
///
///     u_a = Σ_(e in S) (v_e (ln(p_e / (1 − p_e)) + ln(K − 1)) + w_e + b_(e, letter of a)) + m_|S| + Σ_(e < f in S) c_(e,f)
///
/// v: how far the router's chance of an expert is to be trusted; w: what its vote is worth beside that; b: models that have
/// no idea fall back on their favourite letters; m: what company of that size is worth; c: two that always agree say
/// little more than one. "None of these" competes with u = ln(options nobody gave) + o. The parameters are those of the
/// conditional logit under which the right answers are most likely, each held to naive Bayes (v = 1, others 0) by a
/// quadratic penalty: with no ballots this *is* naive Bayes. Ours; near to stacking with a multinomial logit (Wolpert,
/// 1992; McFadden, 1974).
public struct LearnedVote: VoteRule {
    /// How strongly each kind of correction is held to 0 (v: to 1): the inverse variance of its Gaussian prior.
    public struct Penalties: Sendable, Hashable {
        public var presence: Double
        public var chance: Double
        public var company: Double
        public var pair: Double
        public var letter: Double

        public init(
            presence: Double = 100, chance: Double = 10, company: Double = 10, pair: Double = 100, letter: Double = 100
        ) {
            self.presence = presence
            self.chance = chance
            self.company = company
            self.pair = pair
            self.letter = letter
        }
    }

    public let name = "learned"

    private let features: VoteFeatures
    private let logit: ConditionalLogit

    /// Learns from ballots with up to `expertCount` experts; the same ballots give the same rule everywhere.
    public static func learn(
        from ballots: [TrainingBallot], expertCount: Int, penalties: Penalties = Penalties()
    ) -> LearnedVote {
        LearnedVote(ballots, expertCount: expertCount, penalties: penalties)
    }

    /// Learns from ballots.
    public static func learn(from ballots: [TrainingBallot]) -> LearnedVote {
        let experts = ballots.lazy.flatMap { $0.votes.lazy.map(\.expert) }
        return learn(from: ballots, expertCount: 1 + (experts.max() ?? -1))
    }

    /// Letters beyond this many share no bias of their own.
    private static let mostLetters = 26

    private init(_ ballots: [TrainingBallot], expertCount: Int, penalties: Penalties) {
        let letterCount = min(Self.mostLetters, max(0, ballots.lazy.map(\.optionCount).max() ?? 0))
        let features = VoteFeatures(expertCount: max(0, expertCount), letterCount: letterCount)
        var start = [Double](repeating: 0, count: features.count)
        var penalty = [Double](repeating: penalties.presence, count: features.count)
        for index in features.chance { (start[index], penalty[index]) = (1, penalties.chance) }
        for index in features.company { penalty[index] = penalties.company }
        for index in features.pairs { penalty[index] = penalties.pair }
        for index in features.letters { penalty[index] = penalties.letter }
        self.features = features
        logit = ConditionalLogit(
            choices: ballots.compactMap { Self.choice(of: $0, features) }, start: start, penalty: penalty)
    }

    /// A ballot as a choice of the right answer; nil where it can teach nothing.
    private static func choice(of ballot: TrainingBallot, _ features: VoteFeatures) -> ConditionalLogit.Choice? {
        let tally = Tally(ballot.votes, optionCount: ballot.optionCount)
        let alternatives = features.alternatives(of: ballot.votes, tally, optionCount: ballot.optionCount)
        let chosen = tally.answers.firstIndex(of: ballot.gold) ?? tally.answers.count
        guard alternatives.count > 1, chosen < alternatives.count else { return nil }
        return .init(alternatives: alternatives, chosen: chosen)
    }

    /// Support is the utility; the text of the supporter with the best chance stands.
    public func winner(of votes: [CastVote], optionCount: Int) -> VoteOutcome {
        let tally = Tally(votes, optionCount: optionCount)
        let alternatives = features.alternatives(of: votes, tally, optionCount: optionCount)
        let utilities = alternatives.prefix(tally.answers.count).map { logit.utility(of: $0) }
        let chances = votes.map { $0.expected.isNaN ? 0 : Double($0.expected) }
        return tally.outcome(support: utilities, weights: chances)
    }
}
