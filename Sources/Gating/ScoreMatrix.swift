/// How well each expert fits each row: one row per question (or per token of a layer), one column per expert.
///
/// Higher is better. Two values mean "never choose this expert for this row": NaN and minus infinity. So a caller who
/// knows that an expert cannot serve one row writes `.nan` there, and every gate respects it.
public struct ScoreMatrix: Equatable, Sendable {
    /// Number of rows, zero or more.
    public let rows: Int

    /// Number of experts, zero or more.
    public let experts: Int

    /// The scores, `[rows × experts]`, row after row.
    public let values: [Float]

    /// Wraps `values`, refusing a negative size or a count other than `rows × experts`.
    public init(rows: Int, experts: Int, values: [Float]) throws(GateRefusal) {
        guard rows >= 0, experts >= 0 else {
            throw GateRefusal(
                subject: "ScoreMatrix", found: "\(rows) rows × \(experts) experts", expected: "no negative size")
        }
        let (count, overflows) = rows.multipliedReportingOverflow(by: experts)
        guard !overflows, values.count == count else {
            throw GateRefusal(
                subject: "ScoreMatrix", found: "\(values.count) values",
                expected: "\(rows) rows × \(experts) experts")
        }
        self.rows = rows
        self.experts = experts
        self.values = values
    }

    /// A matrix of a single row: the usual case for one question.
    public init(row values: [Float]) {
        rows = 1
        experts = values.count
        self.values = values
    }

    /// The score of one expert for one row; both indices must be in range.
    public subscript(row: Int, expert: Int) -> Float {
        precondition(row >= 0 && row < rows && expert >= 0 && expert < experts, "no such score")
        return values[row * experts + expert]
    }

    /// Copies one row into a buffer of `experts` numbers, so that it can be worked on.
    func copy(row: Int, into buffer: inout [Float]) {
        let start = row * experts
        for expert in 0..<experts {
            buffer[expert] = values[start + expert]
        }
    }
}

extension Float {
    /// Whether a score lets its expert be chosen at all: neither NaN nor minus infinity.
    var isChoosable: Bool { self > -.infinity }
}
