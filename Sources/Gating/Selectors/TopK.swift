/// Chooses the `count` experts with the highest scores, best first.
///
/// `seats = the k largest s_i`. Source: the sparsely-gated mixture (arXiv:1701.06538), without its noise. Of equal
/// scores the lower index goes first; a row with fewer choosable experts gets fewer seats.
public struct TopK: DeterministicSelector {
    private let count: Int

    /// Seats per row, 1 or more; refuses less.
    public init(count: Int) throws(GateRefusal) {
        self.count = try checkedSeatCount(count, of: "TopK.count")
    }

    public func choose(from choosing: Span<Float>, weighing: Span<Float>, into seats: inout Seats) {
        BestFirst.begin(&seats.waiting, scores: choosing)
        while seats.count < count, let best = BestFirst.takeBest(&seats.waiting, scores: choosing) {
            seats.append(best)
        }
    }
}
