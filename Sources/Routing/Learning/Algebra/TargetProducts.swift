/// How one target moves with each column, over the rows where it was measured: the right-hand side of a least-squares fit.
struct TargetProducts {
    /// How many rows have it.
    let count: Int
    /// Its mean there; NaN if no row has it.
    let mean: Double
    /// The columns' means there, `[columns]`.
    let columnMeans: [Double]
    /// Σ (target − mean) · column, `[columns]`.
    let withColumns: [Double]

    /// - Parameter targets: `[rows × targetCount]`, row after row; NaN where a target was not measured.
    init(of targets: [Float], target: Int, targetCount: Int, with standard: StandardColumns) {
        let values = (0..<standard.rows).map { targets[$0 * targetCount + target] }
        var sum = 0.0
        var count = 0
        for value in values where !value.isNaN {
            sum += Double(value)
            count += 1
        }
        let mean = count > 0 ? sum / Double(count) : .nan
        let deviations = values.map { $0.isNaN ? 0 : Float(Double($0) - mean) }
        withColumns = (0..<standard.columns).map { standard.product(ofColumn: $0, with: deviations) }
        if count == standard.rows || count == 0 {
            columnMeans = [Double](repeating: 0, count: standard.columns)
        } else {
            let present: [Float] = values.map { $0.isNaN ? 0 : 1 }
            columnMeans = (0..<standard.columns).map { column in
                standard.product(ofColumn: column, with: present) / Double(count)
            }
        }
        self.count = count
        self.mean = mean
    }
}
