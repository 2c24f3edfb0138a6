import Aggregation
import Core
import Testing

struct PosteriorRuleTests {
    private let rule = PosteriorRule()

    private func vote(_ answer: Int32, _ expected: Float) -> CastVote {
        CastVote(expert: 0, answer: answer, expected: expected)
    }

    /// Ten options: ln(0.8/0.2) + ln 9 = ln 36 = 3.584 for answer 0, twice ln(0.4/0.6) + ln 9 = ln 6 = 1.792 for answer
    /// 1, together ln 36 as well; with 0.39 instead of one 0.4 it is less, with 0.41 more.
    @Test func weighsByLogOddsAndTheNumberOfOptions() {
        let short = rule.winner(of: [vote(0, 0.8), vote(1, 0.4), vote(1, 0.39)], optionCount: 10)
        #expect(short.answer == 0)
        #expect(abs(short.support[0].weight - 3.583519) < 1e-5)
        #expect(rule.winner(of: [vote(0, 0.8), vote(1, 0.4), vote(1, 0.41)], optionCount: 10).answer == 1)
    }

    /// Free answers, two different ones: K − 1 = 2, so the votes of 0.4 weigh ln(2/3) + ln 2 = ln(4/3) = 0.288 each.
    @Test func aFreeAnswerHasOneAlternativeMoreThanWereGiven() {
        let outcome = rule.winner(of: [vote(5, 0.4), vote(6, 0.8)], optionCount: 0)
        #expect(abs(outcome.support[0].weight - 2.079442) < 1e-5)  // ln(4 · 2)
        #expect(abs(outcome.support[1].weight - 0.287682) < 1e-5)
    }

    /// Of two options one below chance speaks for the other: ln(0.2/0.8) + ln 1 < 0.
    @Test func oneBelowChanceSpeaksAgainstItsAnswer() {
        let outcome = rule.winner(of: [vote(0, 0.2), vote(0, 0.2), vote(1, 0.4)], optionCount: 2)
        #expect(outcome.answer == 1)
    }

    /// 0 and 1 are held at 0.02 and 0.98: two of 0.98 outweigh the certain one.
    @Test func nobodyDecidesAlone() {
        #expect(rule.winner(of: [vote(0, 1), vote(1, 0.98), vote(1, 0.9)], optionCount: 4).answer == 1)
        #expect(rule.winner(of: [vote(0, 0), vote(1, .nan)], optionCount: 4).margin.isFinite)
    }

    @Test func withoutAnyChanceItIsTheMajority() {
        var random = SeededRandom(seed: 8)
        for _ in 0..<200 {
            var votes = random.votes(5, answers: 3)
            for index in votes.indices { votes[index].expected = .nan }
            let options = random.below(2) * 3
            let outcome = rule.winner(of: votes, optionCount: options)
            #expect(outcome == MajorityRule().winner(of: votes, optionCount: options))
        }
    }

    /// Law: with independent experts and the true chances no answer is right more often than the one elected. Checked by
    /// computing the posterior of every option as a product of likelihoods.
    @Test func electsTheMostProbableOption() {
        var random = SeededRandom(seed: 9)
        for _ in 0..<500 {
            let options = 2 + random.below(5)
            let votes = (0..<4).map { expert in
                CastVote(
                    expert: expert, answer: Int32(random.below(options)), expected: Float(0.05 + 0.9 * random.unit()))
            }
            let likelihoods = (0..<options).map { option in
                votes.reduce(1.0) { product, vote in
                    let chance = Double(vote.expected)
                    return product * (Int(vote.answer) == option ? chance : (1 - chance) / Double(options - 1))
                }
            }
            let outcome = rule.winner(of: votes, optionCount: options)
            let given = Set(votes.map { Int($0.answer) })
            let best = likelihoods.indices.filter(given.contains).map { likelihoods[$0] }.max() ?? 0
            #expect(likelihoods[Int(outcome.answer)] >= best * (1 - 1e-9))
        }
    }
}
