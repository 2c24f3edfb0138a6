/// A symmetric matrix that is built up from squares of sparse rows, and then solved; its lower half, `[n × n]`.
struct PositiveMatrix {
    private let count: Int
    private var values: [Double]

    init(diagonal: [Double]) {
        count = diagonal.count
        values = [Double](repeating: 0, count: count * count)
        for index in diagonal.indices { values[index * count + index] = diagonal[index] }
    }

    /// Adds `factor · x xᵀ`; the entries of x are in rising order.
    mutating func add(_ factor: Double, timesSquareOf row: [ConditionalLogit.Entry]) {
        for (place, entry) in row.enumerated() {
            let start = entry.feature * count
            let scaled = factor * entry.value
            for other in 0...place { values[start + row[other].feature] += scaled * row[other].value }
        }
    }

    /// Replaces `right` by the solution of `A x = right` (Cholesky: `A = L Lᵀ`, then forward, then back). A pivot that
    /// rounding made zero or negative is held at a tiny positive one. The matrix is used up.
    mutating func solve(_ right: inout [Double]) {
        for row in 0..<count {
            for column in 0...row {
                var sum = values[row * count + column]
                for inner in 0..<column { sum -= values[row * count + inner] * values[column * count + inner] }
                values[row * count + column] =
                    row == column ? max(sum, 1e-12).squareRoot() : sum / values[column * count + column]
            }
        }
        for row in 0..<count {
            for inner in 0..<row { right[row] -= values[row * count + inner] * right[inner] }
            right[row] /= values[row * count + row]
        }
        for row in stride(from: count - 1, through: 0, by: -1) {
            for below in (row + 1)..<count { right[row] -= values[below * count + row] * right[below] }
            right[row] /= values[row * count + row]
        }
    }
}
