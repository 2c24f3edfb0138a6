private import Gating

/// What `LearnedVote` looks at: for each answer that was given, who gave it, how probably right they were, and together
/// with whom.
///
/// Features in order, for E experts and L letters: whether expert e gave the answer, `[E]`; if it did, what that weighs in
/// naive Bayes, `[E]`; how many gave it, one feature for each number above 1, `[E − 1]`; which two gave it together,
/// `[E (E − 1) / 2]`; which expert gave it as which letter, `[E × L]`; and whether it is "none of these".
struct VoteFeatures: Sendable {
    let expertCount: Int
    let letterCount: Int

    /// Chances are held this far from 0 and 1.
    private static let floor = 0.02

    var presence: Range<Int> { 0..<expertCount }
    var chance: Range<Int> { expertCount..<2 * expertCount }
    var company: Range<Int> { chance.upperBound..<chance.upperBound + max(0, expertCount - 1) }
    var pairs: Range<Int> { company.upperBound..<company.upperBound + expertCount * (expertCount - 1) / 2 }
    var letters: Range<Int> { pairs.upperBound..<pairs.upperBound + expertCount * letterCount }
    var other: Int { letters.upperBound }
    var count: Int { other + 1 }

    /// One alternative for each answer of the tally, in its order, and a last one for "none of these" unless every option
    /// was given.
    ///
    /// With all features' parameters 0 but those of chances, which are 1, the utilities are those of naive Bayes
    /// (`PosteriorRule`); the offset of "none" is ln of how many options it stands for.
    func alternatives(of votes: [CastVote], _ tally: Tally, optionCount: Int) -> [ConditionalLogit.Alternative] {
        let others = optionCount > 0 ? optionCount - 1 : tally.answers.count
        let spread = naturalLogarithm(Double(max(1, others)))
        let speaks = Self.logOdds(of: votes).map { $0 + spread }
        var supporters = [[Supporter]](repeating: [], count: tally.answers.count)
        for (vote, place) in zip(votes.indices, tally.places) {
            let expert = votes[vote].expert
            guard let place, expert >= 0, expert < expertCount else { continue }
            // An expert that gives an answer twice speaks for it once.
            guard !supporters[place].contains(where: { $0.expert == expert }) else { continue }
            supporters[place].append(Supporter(expert: expert, speaks: speaks[vote]))
        }
        var alternatives = zip(tally.answers, supporters).map { answer, supporters in
            let supporters = supporters.sorted { $0.expert < $1.expert }
            let letter = optionCount > 0 ? Int(answer) : letterCount
            return ConditionalLogit.Alternative(offset: 0, entries: entries(of: supporters, letter: letter))
        }
        let left = optionCount > 0 ? optionCount - tally.answers.count : 1
        if left > 0 {
            let none = ConditionalLogit.Entry(feature: other, value: 1)
            alternatives.append(.init(offset: naturalLogarithm(Double(left)), entries: [none]))
        }
        return alternatives
    }

    private struct Supporter {
        var expert: Int
        /// ln(p / (1 − p)) + ln(K − 1), its weight in naive Bayes.
        var speaks: Double
    }

    /// The features of one answer that are not 0, in rising order; `supporters` are in rising order of experts.
    private func entries(of supporters: [Supporter], letter: Int) -> [ConditionalLogit.Entry] {
        var entries: [ConditionalLogit.Entry] = []
        for one in supporters { entries.append(.init(feature: one.expert, value: 1)) }
        for one in supporters { entries.append(.init(feature: chance.lowerBound + one.expert, value: one.speaks)) }
        if supporters.count > 1 { entries.append(.init(feature: company.lowerBound + supporters.count - 2, value: 1)) }
        for (place, one) in supporters.enumerated() {
            let row = pairs.lowerBound + one.expert * (one.expert - 1) / 2
            for other in supporters[..<place] { entries.append(.init(feature: row + other.expert, value: 1)) }
        }
        guard letter < letterCount else { return entries }
        for one in supporters {
            entries.append(.init(feature: letters.lowerBound + one.expert * letterCount + letter, value: 1))
        }
        return entries
    }

    /// ln(p / (1 − p)) of each vote's chance; an unknown one counts as the mean of the known, 0 where none is known.
    private static func logOdds(of votes: [CastVote]) -> [Double] {
        let known = votes.filter { !$0.expected.isNaN }.map { Double($0.expected) }
        let mean = known.isEmpty ? 0.5 : known.reduce(0, +) / Double(known.count)
        return votes.map { vote in
            let chance = min(max(vote.expected.isNaN ? mean : Double(vote.expected), floor), 1 - floor)
            return naturalLogarithm(chance / (1 - chance))
        }
    }
}
