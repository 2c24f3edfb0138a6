private import Gating

/// Elects the answer that is most probably right, if experts err independently and spread their errors evenly.
///
/// An expert that is right with chance p, and else gives each of the K − 1 other answers alike, speaks for its answer with
///
///     support(a) = Σ_(e : answer_e = a) ln(p_e / (1 − p_e)) + ln(K − 1)
///
/// which is naive Bayes over K equally likely answers; ln(p / (1 − p)) alone is the optimal weight of a vote between two
/// (Nitzan and Paroush, 1982). K is the number of options; for a free answer it is one more than there are different
/// answers, ours. An expert below chance speaks against its answer. Chances are held `floor` away from 0 and 1, so that
/// no expert decides alone; an unknown one counts as the mean of the known, and where none is known all votes count
/// alike. Only answers that were given can win; ties go to the one first seen.
public struct PosteriorRule: AdditiveVoteRule {
    public let name = "posterior"

    /// The least chance, above 0 and below a half.
    private let floor: Double

    public init(floor: Double = 0.02) {
        precondition(floor > 0 && floor < 0.5, "a chance is held away from 0 and 1 by less than a half")
        self.floor = floor
    }

    public func weights(of votes: [CastVote], optionCount: Int, distinctAnswers: Int) -> [Double] {
        let known = votes.filter { !$0.expected.isNaN }.map { held(Double($0.expected)) }
        guard !known.isEmpty else { return votes.map { _ in 1 } }
        let mean = known.reduce(0, +) / Double(known.count)
        let others = optionCount > 0 ? optionCount - 1 : distinctAnswers
        let spread = naturalLogarithm(Double(max(1, others)))
        return votes.map { vote in
            let chance = vote.expected.isNaN ? mean : held(Double(vote.expected))
            return naturalLogarithm(chance / (1 - chance)) + spread
        }
    }

    private func held(_ chance: Double) -> Double { min(max(chance, floor), 1 - floor) }
}
