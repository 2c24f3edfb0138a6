import Aggregation
import Core
import Testing

struct EarlyQuorumTests {
    private func quorum(_ rule: any AdditiveVoteRule) -> EarlyQuorum { EarlyQuorum(under: rule) }

    private func pending(_ count: Int) -> [CastVote] { (0..<count).map { CastVote(expert: 10 + $0, answer: -1) } }

    /// 2 : 1 with one to come can become 2 : 2, and the answer that was first seen wins a tie.
    @Test func aMajorityIsDecidedWhenTheRestCannotTurnIt() {
        let majority = quorum(MajorityRule())
        #expect(majority.isDecided(votes([1, 1, 2]), pending: pending(1), optionCount: 4))
        #expect(!majority.isDecided(votes([2, 1, 1]), pending: pending(1), optionCount: 4))
        #expect(!majority.isDecided(votes([1, 1, 2]), pending: pending(2), optionCount: 4))
        #expect(majority.isDecided(votes([1, 1]), pending: pending(2), optionCount: 4))
        #expect(!majority.isDecided(votes([-1]), pending: pending(1), optionCount: 4))
        #expect(majority.isDecided(votes([1, 2]), pending: [], optionCount: 4))
    }

    /// 0.5 + 0.25 leads; one to come of 0.5 cannot pass it, one of 1 can.
    @Test func whoIsToComeCountsWhatItWouldWeigh() {
        let cast = [
            CastVote(expert: 0, answer: 0, suitability: 0.5), CastVote(expert: 1, answer: 0, suitability: 0.25),
        ]
        let quorum = quorum(SuitabilityRule())
        #expect(quorum.isDecided(cast, pending: [CastVote(expert: 2, answer: -1, suitability: 0.5)], optionCount: 0))
        #expect(!quorum.isDecided(cast, pending: [CastVote(expert: 2, answer: -1, suitability: 1)], optionCount: 0))
    }

    /// Laws, against every way in which the others can answer: where the quorum says decided, none of them changes the
    /// winner; where it does not, one of them does. New answers of free questions are numbered on.
    @Test(arguments: [MajorityRule(), SuitabilityRule(), PosteriorRule()] as [any AdditiveVoteRule])
    func isDecidedExactlyWhenNoOtherEndIsPossible(rule: any AdditiveVoteRule) {
        var random = SeededRandom(seed: 12)
        var decided = 0
        for _ in 0..<600 {
            let options = random.below(2) * 3
            // Known chances: an unknown one counts as their mean, which may tie but for rounding.
            let all = random.votes(2 + random.below(4), answers: 3).map { vote in
                var vote = vote
                if vote.expected.isNaN { vote.expected = Float(random.unit()) }
                return vote
            }
            let come = Array(all.prefix(1 + random.below(all.count - 1)))
            let coming = Array(all.dropFirst(come.count))
            let ends = Self.ends(of: come, coming, options: options)
            let now = rule.winner(of: come, optionCount: options).answer
            let winners = Set(ends.map { rule.winner(of: $0, optionCount: options).answer })
            let says = quorum(rule).isDecided(come, pending: coming, optionCount: options)
            #expect(says == (winners == [now] && now >= 0))
            decided += says ? 1 : 0
        }
        #expect((60...540).contains(decided))
    }

    /// Every way in which the vote may end: each of those to come gives an option or none; where answers are free, one of
    /// the first three, a new one of its own, or none.
    private static func ends(of come: [CastVote], _ coming: [CastVote], options: Int) -> [[CastVote]] {
        var ends = [come]
        for (place, voter) in coming.enumerated() {
            let answers: [Int32] = [-1, 0, 1, 2] + (options == 0 ? [Int32(100 + place)] : [])
            ends = ends.flatMap { end in
                answers.map { answer in
                    var vote = voter
                    vote.answer = answer
                    return end + [vote]
                }
            }
        }
        return ends
    }

    /// Law: under the posterior with many options and many votes too, stopping early never changes the winner.
    @Test func stoppingEarlyNeverChangesTheWinner() {
        var random = SeededRandom(seed: 13)
        let quorum = quorum(PosteriorRule())
        var spared = 0
        for _ in 0..<1000 {
            let options = random.below(2) * 10
            let votes = random.votes(8, answers: 3)
            let needed = (1...8).first {
                quorum.isDecided(Array(votes.prefix($0)), pending: Array(votes.dropFirst($0)), optionCount: options)
            }
            guard let needed else { continue }
            spared += 8 - needed
            #expect(
                PosteriorRule().winner(of: votes, optionCount: options).answer
                    == PosteriorRule().winner(of: Array(votes.prefix(needed)), optionCount: options).answer)
        }
        #expect(spared > 500)
    }
}
