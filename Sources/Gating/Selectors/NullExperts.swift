/// Chooses among the experts and a number of null experts that do nothing and cost nothing, so that a row which does not
/// need its seats leaves some empty.
///
/// `nulls` columns of one score stand beside the row; of the `count` best of all, the real ones sit. Source: AdaMoE
/// (arXiv:2406.13233): true and null experts share one top-k, the weights of the true ones are renormalised
/// (`Renormalise`), and a row whose picks are all null gets nothing. There each null has a learned score; here all have
/// one that is given, in the unit of the choosing scores. Of equal scores a true expert goes before a null, and the lower
/// index before the higher. At least `minimum` seats are filled while there is anybody to fill them; in AdaMoE it is 0.
public struct NullExperts: DeterministicSelector {
    private let count: Int
    private let nulls: Int
    private let score: Float
    private let minimum: Int

    /// Seats per row, the number of nulls, their score, and the fewest seats; refuses numbers that do not go together.
    public init(count: Int, nulls: Int, score: Float, minimum: Int = 0) throws(GateRefusal) {
        self.count = try checkedSeatCount(count, of: "NullExperts.count")
        guard nulls >= 0 else {
            throw GateRefusal(
                subject: "NullExperts.nulls", found: "\(nulls)", expected: "a whole number of 0 or more")
        }
        guard !score.isNaN else {
            throw GateRefusal(subject: "NullExperts.score", found: "\(score)", expected: "a number")
        }
        guard (0...count).contains(minimum) else {
            throw GateRefusal(
                subject: "NullExperts.minimum", found: "\(minimum)", expected: "0 to \(count), the seats of a row")
        }
        (self.nulls, self.score, self.minimum) = (nulls, score, minimum)
    }

    public func choose(from choosing: Span<Float>, weighing: Span<Float>, into seats: inout Seats) {
        BestFirst.begin(&seats.waiting, scores: choosing)
        while let best = BestFirst.takeBest(&seats.waiting, scores: choosing) {
            // One that scores less than the nulls stands behind all of them.
            let places = choosing[best] >= score ? count : count - nulls
            guard seats.count < max(places, minimum) else { break }
            seats.append(best)
        }
    }
}
