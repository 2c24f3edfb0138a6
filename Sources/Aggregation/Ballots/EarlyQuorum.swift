/// Says whether a vote is decided although some answers are still to come, so that those need not be waited for.
///
/// Decided means: whatever the others answer, an answer nobody gave yet or none at all included, the answer that wins now
/// wins then, and would if those others had never been asked.
/// The winner a holds against a challenger b if its lead is larger than all that those to come can take from it. A voter
/// of weight w can close the gap by |w|: by voting for b, or, where w is negative, for a. Where K counts the different
/// answers (`PosteriorRule`), weights grow with every new one; so each number u of new answers is looked at on its own,
/// and the u lightest voters to come are then spent on them. Exact for every additive rule, but that a lead no wider than
/// rounding counts as undecided; ours.
public struct EarlyQuorum: Sendable {
    private let rule: any AdditiveVoteRule

    public init(under rule: any AdditiveVoteRule) { self.rule = rule }

    /// Whether the winner is settled.
    /// - Parameters:
    ///   - votes: what has come, in order.
    ///   - pending: who is still to come, with everything but the answer, which is not looked at.
    ///   - optionCount: 0 for a free answer.
    public func isDecided(_ votes: [CastVote], pending: [CastVote], optionCount: Int) -> Bool {
        guard !pending.isEmpty else { return true }
        let tally = Tally(votes, optionCount: optionCount)
        let elected = rule.winner(of: votes, optionCount: optionCount).answer
        guard let leader = tally.answers.firstIndex(of: elected) else { return false }
        let room = optionCount > 0 ? max(0, optionCount - tally.answers.count) : pending.count
        for newAnswers in 0...min(pending.count, room) {
            let weights = rule.weights(
                of: votes + pending, optionCount: optionCount, distinctAnswers: tally.answers.count + newAnswers)
            let sums = tally.sums(of: weights)
            let coming = weights.suffix(pending.count).sorted { abs($0) < abs($1) }
            // Sums of short binary fractions are exact; others may round differently in another order of voters.
            let isExact = weights.allSatisfy { Int32(exactly: $0 * 0x1p16) != nil }
            let slack = isExact ? 0 : 1e-9 * weights.reduce(1) { $0 + abs($1) }
            let closing = coming.dropFirst(newAnswers).reduce(0) { $0 + abs($1) }
            // Of equals the first seen wins.
            func holds(_ lead: Double, isFirst: Bool) -> Bool { lead > slack || (isFirst && slack == 0 && lead == 0) }
            for challenger in tally.answers.indices where challenger != leader {
                let lead = sums[leader] - sums[challenger] - closing
                guard holds(lead, isFirst: leader < challenger) else { return false }
            }
            if newAnswers > 0 {
                let lead = sums[leader] - Self.most(of: coming, spending: newAnswers - 1)
                guard holds(lead, isFirst: true) else { return false }
            }
        }
        return true
    }

    /// The most by which voters can close the gap to an answer that nobody gave yet: one of them must give it, `spending`
    /// of the others give further new ones. `coming` is sorted, lightest first.
    private static func most(of coming: [Double], spending: Int) -> Double {
        var best = -Double.infinity
        for giver in coming.indices {
            let others = coming.indices.filter { $0 != giver }.dropFirst(spending)
            best = max(best, others.reduce(coming[giver]) { $0 + abs(coming[$1]) })
        }
        return best
    }
}
