public import Core

/// Gives the answer that most experts gave.
///
/// Answers count as equal if the same final answer is extracted from them; ties go to the one first seen
/// (arXiv:2503.05641, released code), but a complete answer goes before a cut one, which is ours. With
/// `Weights.suitability` a vote counts as much as its expert suits the question; weights that are zero or less count
/// nothing unless all are. The text returned is the first complete one for the winning answer.
public struct Vote: Aggregator {
    private let weights: AggregationPlan.Weights

    public let name = AggregationPlan.Method.vote.rawValue

    public init(weights: AggregationPlan.Weights = .equal) { self.weights = weights }

    public func aggregate(_ candidates: [Candidate], of question: Question) -> Aggregation {
        let poll = Poll(candidates, shape: question.shape, weights: weights)
        guard let winner = poll.winner else {
            let verdict = Verdict(method: name, expert: nil, ballots: [], agreement: 0, note: "nobody answered")
            return .settled(text: "", verdict)
        }
        let method = candidates.count == 1 ? "single" : name
        let verdict = Verdict(
            method: method, expert: winner.answer.expert, ballots: poll.ballots, agreement: poll.agreement,
            note: poll.note)
        return .settled(text: winner.answer.text.afterThinking.droppingLeadingNewlines, verdict)
    }
}

extension String {
    fileprivate var droppingLeadingNewlines: String { String(drop { $0.isNewline }) }
}
