import Aggregation
import Core
import Testing

struct LearnedVoteTests {
    /// Law: with nothing to learn from it is naive Bayes, winner and margin, wherever chances are known.
    @Test func withoutBallotsItIsThePosterior() {
        let rule = LearnedVote.learn(from: [], expertCount: 6)
        var random = SeededRandom(seed: 21)
        for _ in 0..<300 {
            let options = random.below(2) * 4
            let votes = random.votes(6, answers: 4).map { vote in
                var vote = vote
                vote.expected = Float(0.05 + 0.9 * random.unit())
                return vote
            }
            let learned = rule.winner(of: votes, optionCount: options)
            let posterior = PosteriorRule().winner(of: votes, optionCount: options)
            #expect(learned.answer == posterior.answer)
            #expect(abs(learned.margin - posterior.margin) < 1e-9)
        }
    }

    /// One expert, two options, always right chance 0.5: u = v (ln 1 + ln 1) + w + … = w + m + b's, against "none", which
    /// is one option, o. With `presence` alone free (the others held fast), 30 right and 10 wrong of 40, the likelihood
    /// is largest where u − o = ln 3, less what the penalty takes: w = −o = t with 30 − 40 / (1 + e^(−2t)) = t λ.
    /// λ = 1: at t = 0.5283, 40 / (1 + e^(−1.0566)) = 29.682 and 30 − 29.682 = 0.318, which is less than t; at t = 0.52,
    /// 40 / (1 + e^(−1.04)) = 29.551 and 0.449 is less than 0.52; at 0.515, 29.472 and 0.528. So t lies between.
    @Test func theSlopeOfTheLikelihoodIsWhatThePenaltyPulls() throws {
        let ballots = (0..<40).map { index in
            TrainingBallot(
                votes: [CastVote(expert: 0, answer: 0, expected: 0.5)], optionCount: 2, gold: index < 30 ? 0 : 1)
        }
        let fast = 1e12
        let rule = LearnedVote.learn(
            from: ballots, expertCount: 1,
            penalties: .init(presence: 1, chance: fast, company: fast, pair: fast, letter: fast))
        let support = rule.winner(of: [CastVote(expert: 0, answer: 0, expected: 0.5)], optionCount: 2).support
        let weight = try #require(support.first).weight
        #expect(weight > 0.515 && weight < 0.52)
    }

    /// Three experts copy each other and are right 5 times of 10; two others err on their own and are right 6 times of 10.
    /// The router thinks 0.5 and 0.6. Naive Bayes believes the three; who has learned believes the two when they agree.
    @Test func threeWhoCopyDoNotOutvoteTwoWhoThink() {
        var random = SeededRandom(seed: 22)
        let training = (0..<2000).map { _ in Self.copied(using: &random) }
        let fresh = (0..<2000).map { _ in Self.copied(using: &random) }
        let learned = LearnedVote.learn(from: training)
        func accuracy(_ rule: any VoteRule) -> Double {
            let right = fresh.count { rule.winner(of: $0.votes, optionCount: $0.optionCount).answer == $0.gold }
            return Double(right) / Double(fresh.count)
        }
        #expect(accuracy(learned) > accuracy(PosteriorRule()) + 0.03)
        #expect(accuracy(learned) > accuracy(MajorityRule()) + 0.03)
    }

    private static func copied(using random: inout SeededRandom) -> TrainingBallot {
        let gold = Int32(random.below(4))
        func answer(_ chance: Double) -> Int32 {
            random.unit() < chance ? gold : (gold + 1 + Int32(random.below(3))) % 4
        }
        let copy = answer(0.5)
        let answers = [copy, copy, copy, answer(0.6), answer(0.6)]
        return TrainingBallot(
            votes: answers.enumerated().map {
                CastVote(expert: $0, answer: $1, expected: $0 < 3 ? 0.5 : 0.6)
            }, optionCount: 4, gold: gold)
    }

    /// Expert 0 says option 3 whenever it has no idea, and is right otherwise; expert 1 is right 6 times of 10. So where
    /// they differ, expert 0 is believed, but not when it says 3.
    @Test func aLetterThatStandsForNoIdeaIsNotBelieved() {
        var random = SeededRandom(seed: 23)
        let ballots = (0..<3000).map { _ in
            let gold = Int32(random.below(4))
            let first = random.unit() < 0.55 ? gold : 3
            let second = random.unit() < 0.6 ? gold : Int32(random.below(4))
            let answers = [first, second]
            return TrainingBallot(
                votes: answers.enumerated().map { CastVote(expert: $0, answer: $1, expected: 0.6) }, optionCount: 4,
                gold: gold)
        }
        let rule = LearnedVote.learn(from: ballots)
        func winner(_ first: Int32, _ second: Int32) -> Int32 {
            let votes = [
                CastVote(expert: 0, answer: first, expected: 0.6), CastVote(expert: 1, answer: second, expected: 0.6),
            ]
            return rule.winner(of: votes, optionCount: 4).answer
        }
        #expect(winner(1, 2) == 1 && winner(0, 3) == 0)
        #expect(winner(3, 2) == 2 && winner(3, 0) == 0)
    }

    /// Law: same ballots, same bits.
    @Test func learnsTheSameFromTheSame() {
        var random = SeededRandom(seed: 24)
        let ballots = (0..<200).map { _ in Self.copied(using: &random) }
        let votes = random.votes(5, answers: 4)
        let first = LearnedVote.learn(from: ballots).winner(of: votes, optionCount: 4)
        #expect(first == LearnedVote.learn(from: ballots).winner(of: votes, optionCount: 4))
    }

    /// Free answers, missing answers, unknown chances, experts nobody saw in training, an expert that sits twice.
    @Test func anyVoteIsCountedWithoutHarm() throws {
        var random = SeededRandom(seed: 25)
        let ballots = (0..<300).map { _ in
            TrainingBallot(
                votes: random.votes(random.below(5), answers: 4), optionCount: random.below(2) * 4,
                gold: Int32(random.below(5)) - 1)
        }
        let rule = LearnedVote.learn(from: ballots, expertCount: 4)
        for _ in 0..<300 {
            let votes = random.votes(1 + random.below(6), answers: 5).map { vote in
                var vote = vote
                vote.expert = random.below(7)
                return vote
            }
            let outcome = rule.winner(of: votes, optionCount: random.below(2) * 4)
            let seat = try #require(outcome.seat)
            #expect(outcome.support.allSatisfy { $0.weight.isFinite })
            #expect(outcome.support.count < 2 || outcome.margin >= 0)
            #expect(outcome.answer == -1 || votes[seat].answer == outcome.answer)
        }
        #expect(rule.winner(of: [], optionCount: 4).seat == nil)
    }
}
