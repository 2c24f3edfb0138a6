/// Which experts were chosen for each row, and with what weight, in compressed rows.
///
/// The seats of row `r` are the indices `rowStart[r] ..< rowStart[r + 1]` of `expert` and `weight`. A different number
/// of seats per row is the normal case, and none at all is allowed (every expert was excluded).
///
/// Seats keep the order in which they were given: best first for a ranking, draw order for a sample. One seat is one
/// draw, so after a draw with replacement an expert stands in its row once **per draw**, each time with its own weight;
/// nothing is merged, and the order of the draws can be read back. A row never repeats an expert otherwise.
public struct Selection: Equatable, Sendable {
    /// Where each row begins, `[rows + 1]`; starts at 0, never falls, ends at the number of seats.
    public private(set) var rowStart: [Int]

    /// The expert on each seat, `[seats]`, from 0 to `expertCount - 1`.
    public private(set) var expert: [Int]

    /// The weight of each seat, `[seats]`; whether a row sums to one is the weight policy's promise.
    public private(set) var weight: [Float]

    /// Number of experts that could be chosen from.
    public let expertCount: Int

    /// A selection of no rows yet; the gate appends them in order.
    package init(expertCount: Int, reservingRows rows: Int = 0) {
        self.expertCount = expertCount
        rowStart = [0]
        rowStart.reserveCapacity(rows + 1)
        expert = []
        weight = []
    }

    /// Number of rows.
    public var rows: Int { rowStart.count - 1 }

    /// Where the seats of `row` lie in `expert` and `weight`.
    public func seats(inRow row: Int) -> Range<Int> {
        rowStart[row]..<rowStart[row + 1]
    }

    /// The experts of `row`, in seat order.
    public func experts(inRow row: Int) -> ArraySlice<Int> {
        expert[seats(inRow: row)]
    }

    /// The weights of `row`, in seat order.
    public func weights(inRow row: Int) -> ArraySlice<Float> {
        weight[seats(inRow: row)]
    }

    /// Adds the next row; both lists have one entry per seat.
    package mutating func append(experts: [Int], weights: [Float]) {
        expert.append(contentsOf: experts)
        weight.append(contentsOf: weights)
        rowStart.append(expert.count)
    }

    /// The first broken law of compressed rows, in words; nil when all hold. Linear in the number of seats.
    package func brokenLaw(repeatsAllowed: Bool) -> String? {
        guard rowStart.first == 0 else { return "rowStart begins at 0" }
        guard zip(rowStart, rowStart.dropFirst()).allSatisfy({ $0 <= $1 }) else { return "rowStart never falls" }
        guard rowStart.last == expert.count else { return "rowStart ends at the number of seats" }
        guard weight.count == expert.count else { return "every seat has one weight" }
        guard expert.allSatisfy({ $0 >= 0 && $0 < expertCount }) else { return "every seat holds a known expert" }
        guard weight.allSatisfy({ !$0.isNaN }) else { return "no weight is NaN" }
        guard !repeatsAllowed else { return nil }
        var lastRow = [Int](repeating: -1, count: expertCount)
        for row in 0..<rows {
            for chosen in experts(inRow: row) {
                guard lastRow[chosen] != row else { return "a row never repeats an expert" }
                lastRow[chosen] = row
            }
        }
        return nil
    }
}
