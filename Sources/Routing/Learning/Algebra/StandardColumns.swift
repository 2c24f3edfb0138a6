/// Columns brought to mean 0 and spread 1, so that no column counts more for its unit; a column that never moves is 0.
struct StandardColumns {
    let rows: Int
    let columns: Int
    /// `[columns]`, in the unit of the input.
    let mean: [Double]
    /// One over the standard deviation, `[columns]`; 0 for a column that never moves.
    let inverseSpread: [Double]
    /// `[columns × rows]`, column after column.
    let values: [Float]

    /// - Parameter inputs: `[rows × columns]`, row after row.
    init(of inputs: [Float], rows: Int, columns: Int) {
        var mean = [Double](repeating: 0, count: columns)
        var inverseSpread = mean
        var values = [Float](repeating: 0, count: inputs.count)
        for column in 0..<columns where rows > 0 {
            var sum = 0.0
            for row in 0..<rows { sum += Double(inputs[row * columns + column]) }
            mean[column] = sum / Double(rows)
            var squares = 0.0
            for row in 0..<rows {
                let distance = Double(inputs[row * columns + column]) - mean[column]
                squares += distance * distance
            }
            let spread = (squares / Double(rows)).squareRoot()
            // Below this, what moves is the rounding of Float.
            guard spread > 1e-6 * abs(mean[column]), spread > 0 else { continue }
            inverseSpread[column] = 1 / spread
            for row in 0..<rows {
                let distance = Double(inputs[row * columns + column]) - mean[column]
                values[column * rows + row] = Float(distance * inverseSpread[column])
            }
        }
        self.rows = rows
        self.columns = columns
        self.mean = mean
        self.inverseSpread = inverseSpread
        self.values = values
    }

    /// Σ of one column times `row`, `[rows]`: in Float over 256 rows, from stretch to stretch in Double.
    func product(ofColumn column: Int, with row: [Float]) -> Double {
        let own = values.span.extracting(column * rows..<(column + 1) * rows)
        var sum = 0.0
        var start = 0
        while start < rows {
            let stretch = start..<min(start + 256, rows)
            sum += Double(RowArithmetic.dot(own.extracting(stretch), row.span.extracting(stretch)))
            start = stretch.upperBound
        }
        return sum
    }
}
