/// Sorts votes by the answer they are for, in the order in which the answers were first seen.
struct Tally {
    /// Every different answer, first seen first.
    let answers: [Int32]
    /// For each vote the place of its answer in `answers`; nil if it elects nothing.
    let places: [Int?]

    init(_ votes: [CastVote], optionCount: Int) {
        var answers: [Int32] = []
        places = votes.map { vote in
            guard vote.counts(optionCount: optionCount) else { return nil }
            if let place = answers.firstIndex(of: vote.answer) { return place }
            answers.append(vote.answer)
            return answers.count - 1
        }
        self.answers = answers
    }

    /// What the votes for each answer add up to, `[answers]`, added in the order of the votes.
    func sums(of weights: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: answers.count)
        for (vote, place) in places.enumerated() {
            if let place { sums[place] += weights[vote] }
        }
        return sums
    }

    /// The answer of most support wins, of equals the first seen. The text of its heaviest vote stands, of equals the
    /// first.
    func outcome(weights: [Double]) -> VoteOutcome { outcome(support: sums(of: weights), weights: weights) }

    /// As above, where support, `[answers]`, is more than a sum of the weights of votes.
    func outcome(support: [Double], weights: [Double]) -> VoteOutcome {
        let ranked = answers.indices.sorted { (-support[$0], $0) < (-support[$1], $1) }
        guard let winner = ranked.first else {
            return VoteOutcome(answer: -1, seat: places.isEmpty ? nil : 0, support: [], margin: 0)
        }
        let supporters = places.indices.filter { places[$0] == winner }
        return VoteOutcome(
            answer: answers[winner],
            seat: supporters.min { (-weights[$0], $0) < (-weights[$1], $1) },
            support: ranked.map { .init(answer: answers[$0], weight: support[$0]) },
            margin: support[winner] - (ranked.count > 1 ? support[ranked[1]] : 0))
    }
}
