import Core

/// Counts the answers of several experts.
struct Poll {
    /// Most votes first; ties in the order first seen.
    let ballots: [Verdict.Ballot]
    /// The first complete candidate for the winning answer, else the first for it.
    let winner: Candidate?
    /// The winner's share of the votes.
    let agreement: Double
    /// What a reader should know: cut answers, an undecided vote.
    let note: String

    /// The longest beginning of a text that stands for it on a ballot, in characters.
    private static let excerpt = 80

    init(_ candidates: [Candidate], shape: AnswerShape, weights: AggregationPlan.Weights) {
        let extraction = AnswerExtraction(shape: shape.settled(by: candidates.map(\.answer.text)))
        var order: [String] = []
        var supporters: [String: [Candidate]] = [:]
        for candidate in candidates {
            let answer = extraction.extract(from: candidate.answer.text) ?? ""
            if supporters[answer] == nil { order.append(answer) }
            supporters[answer, default: []].append(candidate)
        }
        let weighs = weights == .suitability && candidates.contains { $0.suitability > 0 }
        func votes(for answer: String) -> Double {
            guard !answer.isEmpty else { return 0 }  // a text without an answer elects nobody
            return supporters[answer, default: []].reduce(0) { $0 + (weighs ? max(0, $1.suitability) : 1) }
        }
        // 1 for an answer that somebody gave to the end: between equals it is worth more than one that was cut off.
        func completeness(of answer: String) -> Int {
            supporters[answer, default: []].contains { $0.answer.finish != .length } ? 1 : 0
        }
        let ranked = order.enumerated()
            .map { (rank: $0, answer: $1, votes: votes(for: $1), isWhole: completeness(of: $1)) }
            .sorted { ($0.votes, $0.isWhole, $1.rank) > ($1.votes, $1.isWhole, $0.rank) }
        let total = ranked.reduce(0) { $0 + $1.votes }
        ballots = ranked.map { ballot in
            .init(
                answer: String(ballot.answer.prefix(Self.excerpt)), votes: ballot.votes,
                experts: supporters[ballot.answer, default: []].map(\.answer.expert))
        }
        let elected = ranked.first.map { supporters[$0.answer, default: []] } ?? []
        winner = elected.first { $0.answer.finish != .length } ?? elected.first
        agreement = total > 0 ? (ranked.first?.votes ?? 0) / total : 0
        note = Self.note(
            candidates, isTied: ranked.count > 1 && ranked[0].votes == ranked[1].votes,
            byCompleteness: ranked.count > 1 && ranked[0].isWhole > ranked[1].isWhole)
    }

    private static func note(_ candidates: [Candidate], isTied: Bool, byCompleteness: Bool) -> String {
        let cut = candidates.count { $0.answer.finish == .length }
        return [
            isTied ? "a tie: the \(byCompleteness ? "complete answer" : "answer first seen") stands" : nil,
            cut > 0 ? "\(cut) of \(candidates.count) answers were cut by their token limit" : nil,
        ].compactMap { $0 }.joined(separator: "; ")
    }
}
