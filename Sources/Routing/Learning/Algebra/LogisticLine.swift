import Gating

/// Logistic regression on a few numbers, solved exactly: P(yes) = σ(w · x), the first number of x usually 1.
///
///     min over w of −Σ [y ln P + (1 − y) ln (1 − P)] + penalty/2 · |w − start|²
///
/// by Newton's method (`CholeskyFactor`), with half steps where a whole one does not help. `LogisticRegression` is for rows
/// of hundreds of numbers.
package struct LogisticLine: Sendable {
    package private(set) var weights: [Double]

    /// Fits the line.
    ///
    /// - Parameters:
    ///   - rows: `[rows × columns]`, row after row, with as many columns as `start` has numbers.
    ///   - labels: `[rows]`, 0...1; a label in between is a share of yes.
    ///   - start: where the penalty pulls to and the search begins, such as 0, or 1 for log-odds that come in.
    package init(fitting rows: [Double], labels: [Float], start: [Double], penalty: Double = 1) {
        precondition(rows.count == labels.count * start.count, "rows are labels × columns")
        precondition(penalty > 0, "a penalty of 0 leaves columns that never move undecided")
        weights = start
        var error = Self.error(weights, rows, labels, start, penalty)
        for _ in 0..<20 {
            let step = newtonStep(rows, labels, start, penalty)
            var length = 1.0
            var best = weights
            var least = error
            while length > 0.01 {
                let tried = zip(weights, step).map { $0 - length * $1 }
                let found = Self.error(tried, rows, labels, start, penalty)
                if found < least {
                    (best, least) = (tried, found)
                    break
                }
                length /= 2
            }
            let gain = error - least
            (weights, error) = (best, least)
            if gain <= 1e-9 * error { break }
        }
    }

    /// P(yes) for one row.
    package func probability(_ row: some Collection<Double>) -> Double {
        var logit = 0.0
        for (weight, value) in zip(weights, row) { logit += weight * value }
        return 1 / (1 + exponential(-logit))
    }

    private func newtonStep(
        _ rows: [Double], _ labels: [Float], _ start: [Double], _ penalty: Double
    ) -> [Double] {
        let columns = start.count
        var slope = (0..<columns).map { penalty * (weights[$0] - start[$0]) }
        var bend = [Double](repeating: 0, count: columns * columns)
        for column in 0..<columns { bend[column * columns + column] = penalty }
        for row in labels.indices {
            let place = row * columns
            var logit = 0.0
            for column in 0..<columns { logit += weights[column] * rows[place + column] }
            let chance = 1 / (1 + exponential(-logit))
            let excess = chance - Double(labels[row])
            let weight = chance * (1 - chance)
            for left in 0..<columns {
                slope[left] += excess * rows[place + left]
                for right in 0...left {
                    bend[left * columns + right] += weight * rows[place + left] * rows[place + right]
                }
            }
        }
        return CholeskyFactor(of: bend, size: columns).solve(slope)
    }

    private static func error(
        _ weights: [Double], _ rows: [Double], _ labels: [Float], _ start: [Double], _ penalty: Double
    ) -> Double {
        let columns = start.count
        var error = 0.0
        for column in 0..<columns {
            error += penalty / 2 * (weights[column] - start[column]) * (weights[column] - start[column])
        }
        for row in labels.indices {
            var logit = 0.0
            for column in 0..<columns { logit += weights[column] * rows[row * columns + column] }
            // ln(1 + exp(x)) − y x, in the form that does not overflow.
            let tail = naturalLogarithm(1 + exponential(-abs(logit)))
            error += max(logit, 0) + tail - Double(labels[row]) * logit
        }
        return error
    }
}
