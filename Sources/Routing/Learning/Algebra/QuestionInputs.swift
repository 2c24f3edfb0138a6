/// What can be seen of a question as one row of numbers for a gradient method: its meaning, then what can be counted.
///
/// Every column is brought to mean 0 and spread 1 over the questions learned from, and the row to a length of about 1,
/// so that one step length suits every embedder.
struct QuestionInputs: Sendable {
    /// Numbers of a row.
    let count: Int
    private let dimension: Int
    /// `[count]`, in the units of the columns.
    private let mean: [Float]
    /// `[count]`: one over spread times the root of `count`; 0 for a column that never moves.
    private let factor: [Float]

    init(_ views: [QuestionView]) {
        dimension = views.reduce(0) { max($0, $1.vector.count) }
        count = dimension + TextMeasures.count
        var raw: [Float] = []
        raw.reserveCapacity(views.count * count)
        for view in views { raw += Self.raw(view, dimension: dimension) }
        let standard = StandardColumns(of: raw, rows: views.count, columns: count)
        let length = Double(count).squareRoot()
        mean = standard.mean.map { Float($0) }
        factor = standard.inverseSpread.map { Float($0 / length) }
    }

    /// The row of a question, `[count]`; a vector of another dimension is cut or ends in zeros.
    func row(of view: QuestionView) -> [Float] {
        var row = Self.raw(view, dimension: dimension)
        for index in row.indices { row[index] = (row[index] - mean[index]) * factor[index] }
        return row
    }

    private static func raw(_ view: QuestionView, dimension: Int) -> [Float] {
        var row = [Float](repeating: 0, count: dimension + TextMeasures.count)
        for (index, value) in view.vector.prefix(dimension).enumerated() where value.isFinite { row[index] = value }
        for (index, value) in view.measures.prefix(TextMeasures.count).enumerated() where value.isFinite {
            row[dimension + index] = value
        }
        return row
    }
}
