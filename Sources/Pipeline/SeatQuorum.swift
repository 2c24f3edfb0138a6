import Aggregation
package import Core

/// Says when the seats that have answered decide a vote, whatever the others would say: those need not be waited for.
///
/// Ties are never decided early: who wins one depends on seats that are still to come. So the answer is the one that
/// waiting for everybody would have given.
package struct SeatQuorum: Sendable {
    private let weights: AggregationPlan.Weights
    private let shape: AnswerShape
    /// By seat.
    private let suitabilities: [Double]

    package init(weights: AggregationPlan.Weights, shape: AnswerShape, suitabilities: [Double]) {
        self.weights = weights
        self.shape = shape
        self.suitabilities = suitabilities
    }

    /// - Parameters:
    ///   - answers: what has come, by seat.
    ///   - pending: the seats that are still to come.
    package func isDecided(_ answers: [(seat: Int, answer: Answer)], pending: [Int]) -> Bool {
        guard !pending.isEmpty, !answers.isEmpty else { return false }
        let inOrder = answers.sorted { $0.seat < $1.seat }
        let extraction = AnswerExtraction(shape: shape.settled(by: inOrder.map(\.answer.text)))
        var numbers: [String: Int32] = [:]
        var isWhole: Set<Int32> = []
        let votes = inOrder.map { seat, answer -> CastVote in
            guard let text = extraction.extract(from: answer.text), !text.isEmpty else { return vote(seat, -1) }
            let number = numbers[text] ?? Int32(numbers.count)
            numbers[text] = number
            if answer.finish != .length { isWhole.insert(number) }
            return vote(seat, number)
        }
        let rule: any AdditiveVoteRule = weights == .suitability ? SuitabilityRule() : MajorityRule()
        let leader = rule.winner(of: votes, optionCount: 0).answer
        guard isWhole.contains(leader) else { return false }
        // The leader's votes first, and one voter more than there is, however light: a tie is then too little.
        let counted = votes.filter { $0.answer == leader } + votes.filter { $0.answer != leader }
        let coming = pending.map { vote($0, 0) } + [CastVote(expert: -1, answer: 0, suitability: 1e-6)]
        return EarlyQuorum(under: rule).isDecided(counted, pending: coming, optionCount: 0)
    }

    private func vote(_ seat: Int, _ answer: Int32) -> CastVote {
        CastVote(expert: seat, answer: answer, suitability: Float(suitabilities[seat]))
    }
}
