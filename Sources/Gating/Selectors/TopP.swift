/// Chooses the best experts until together they hold more than a given share: a clear row gets few, an unsure one many.
///
/// `seats = the shortest best-first list with Σ s_i > p`, the one that passes p included. Source: dynamic routing
/// (arXiv:2403.07652), which uses p = 0.4 after a softmax and keeps all experts if no sum passes p. Beyond it: bounds
/// on the number of seats, and with a selection-only bias the order is the biased one while the sum stays the unbiased
/// one.
public struct TopP: DeterministicSelector {
    private let threshold: Double
    private let minimum: Int
    private let maximum: Int

    /// The share p to pass, from 0 to 1, and the least and most seats of a row; refuses what lies outside.
    /// A row with fewer choosable experts than `minimum` gets all of them.
    public init(threshold: Double, minimum: Int = 1, maximum: Int = .max) throws(GateRefusal) {
        guard threshold >= 0, threshold <= 1 else {
            throw GateRefusal(
                subject: "TopP.threshold", found: "\(threshold)", expected: "a number from 0 to 1")
        }
        self.threshold = threshold
        self.minimum = try checkedSeatCount(minimum, of: "TopP.minimum")
        guard maximum >= minimum else {
            throw GateRefusal(
                subject: "TopP.maximum", found: "\(maximum)", expected: "\(minimum) (the minimum) or more")
        }
        self.maximum = maximum
    }

    public func choose(from choosing: Span<Float>, weighing: Span<Float>, into seats: inout Seats) {
        BestFirst.begin(&seats.waiting, scores: choosing)
        var sum = 0.0
        while seats.count < maximum, seats.count < minimum || sum <= threshold,
            let best = BestFirst.takeBest(&seats.waiting, scores: choosing)
        {
            seats.append(best)
            sum += Double(weighing[best])
        }
    }
}
