/// Fits straight lines to many targets at once, held back by a penalty on steep ones.
///
///     min over w of Σ_rows (y − ȳ − w · z)² + penalty · |w|²,   z = (x − mean) / spread, column by column
///
/// Solved exactly: the standardised columns' products with each other, taken apart once (`CholeskyFactor`). The penalty
/// counts in rows: with a penalty of 100 a column needs about 100 rows to count half. A target that was not measured
/// everywhere (NaN) is fitted to the rows where it was: products of columns come from all rows, scaled to as many, its
/// own products, mean and intercept only from those rows; measured everywhere, that is ridge regression as in the books.
package struct RidgeRegression: Sendable {
    package let columns: Int
    package let targetCount: Int
    /// `[targets × columns]`, for inputs as they come.
    private let slopes: [Float]
    /// `[targets]`; NaN for a target that was measured nowhere.
    private let intercepts: [Float]

    /// Fits `targets`, `[rows × targetCount]`, to `inputs`, `[rows × columns]`, both row after row.
    package init(
        fitting inputs: [Float], columns: Int, targets: [Float], targetCount: Int, penalty: Double
    ) {
        self.init(
            fitting: inputs, columns: columns, targets: targets, targetCount: targetCount,
            penalties: [Double](repeating: penalty, count: columns))
    }

    /// The same with a penalty for each column, `[columns]`.
    package init(
        fitting inputs: [Float], columns: Int, targets: [Float], targetCount: Int, penalties: [Double]
    ) {
        precondition(columns > 0 && inputs.count % columns == 0, "inputs are rows × columns")
        let rows = inputs.count / columns
        precondition(targets.count == rows * targetCount, "targets are rows × targets")
        precondition(penalties.count == columns, "one penalty a column")
        precondition(penalties.allSatisfy { $0 > 0 }, "a penalty of 0 leaves columns that repeat each other undecided")
        let standard = StandardColumns(of: inputs, rows: rows, columns: columns)
        let gram = GramMatrix.lowerHalf(ofColumns: standard.values, rows: rows, columns: columns)
        var slopes = [Float](repeating: 0, count: targetCount * columns)
        var intercepts = [Float](repeating: .nan, count: targetCount)
        var factors: [Int: CholeskyFactor] = [:]
        for target in 0..<targetCount {
            let products = TargetProducts(of: targets, target: target, targetCount: targetCount, with: standard)
            guard products.count > 0 else { continue }
            let factor =
                factors[products.count]
                ?? Self.factor(gram, columns, share: Double(products.count) / Double(rows), penalties)
            factors[products.count] = factor
            let weights = factor.solve(products.withColumns)
            var intercept = products.mean
            for column in 0..<columns {
                let slope = weights[column] * standard.inverseSpread[column]
                slopes[target * columns + column] = Float(slope)
                intercept -=
                    weights[column] * products.columnMeans[column] + slope * standard.mean[column]
            }
            intercepts[target] = Float(intercept)
        }
        self.columns = columns
        self.targetCount = targetCount
        self.slopes = slopes
        self.intercepts = intercepts
    }

    private static func factor(
        _ gram: [Double], _ columns: Int, share: Double, _ penalties: [Double]
    ) -> CholeskyFactor {
        var matrix = gram
        if share < 1 { for index in matrix.indices { matrix[index] *= share } }
        for column in 0..<columns { matrix[column * columns + column] += penalties[column] }
        return CholeskyFactor(of: matrix, size: columns)
    }

    /// What each target is expected to be, `[targets]`; NaN for one that was measured nowhere. An input that is too short
    /// ends in zeros, what is too long is cut.
    package func predict(_ input: [Float]) -> [Float] {
        intercepts.indices.map { target in
            let row = slopes.span.extracting(target * columns..<(target + 1) * columns)
            return intercepts[target] + RowArithmetic.dot(row, input.span)
        }
    }
}
