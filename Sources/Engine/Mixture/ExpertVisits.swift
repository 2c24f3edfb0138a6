import Gating

/// A selection seen from the experts: which tokens visit each, and where in the grouped order each visit stands.
struct ExpertVisits {
    /// Experts with at least one visit, ascending.
    let experts: [Int]

    /// The token of each visit, grouped by expert, ascending inside a group.
    let token: [Int]

    /// Where the visit of each seat of the selection stands.
    let visit: [Int]

    /// Whether tokens must be gathered; a single token is every visit's.
    let isGathered: Bool

    private let starts: [Int]

    init(_ selection: Selection) {
        var starts = [Int](repeating: 0, count: selection.expertCount + 1)
        for expert in selection.expert { starts[expert + 1] += 1 }
        experts = (0..<selection.expertCount).filter { starts[$0 + 1] > 0 }
        for expert in 0..<selection.expertCount { starts[expert + 1] += starts[expert] }
        var next = starts
        var token = [Int](repeating: 0, count: selection.expert.count)
        var visit = token
        for row in 0..<selection.rows {
            for seat in selection.seats(inRow: row) {
                let place = next[selection.expert[seat]]
                next[selection.expert[seat]] += 1
                token[place] = row
                visit[seat] = place
            }
        }
        self.starts = starts
        self.token = token
        self.visit = visit
        isGathered = selection.rows > 1
    }

    /// Visits of all experts together.
    var count: Int { token.count }

    /// The visits of one expert.
    func rows(of expert: Int) -> Range<Int> { starts[expert]..<starts[expert + 1] }
}
