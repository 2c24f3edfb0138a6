import Gating

/// Experts that are asked in turn until an answer is believed.
///
/// With fewer seats than rungs the first rungs are left out: the last one is who is believed unseen. Where no rung can be
/// asked, the best expectations sit.
struct Ladder: Sendable {
    /// In the order in which they are asked.
    let rungs: [Int]

    /// The seats of a question; `expected` is NaN for experts that cannot be asked.
    func plan(for view: QuestionView, seats: Int, expected: [Float]) throws -> SeatPlan {
        let open = rungs.filter { view.isOpen.isEmpty || view.isOpen[$0] }.suffix(max(1, seats))
        if !open.isEmpty { return SeatPlan(experts: Array(open), expected: expected, isLadder: true) }
        let selection = try Gate(normaliser: Identity(), selector: TopK(count: 1)).select(ScoreMatrix(row: expected))
        return SeatPlan(experts: Array(selection.experts(inRow: 0)), expected: expected, isLadder: true)
    }
}
