/// A question as one row: its vector, then its measures at mean 0 and a chosen spread.
///
/// Numbers of a unit vector are small (about 1/√dimension each). A spread of 0.1 lets a measure say about twice as much as
/// a column of a MiniLM vector before any penalty.
struct ScaledMeasures: Sendable {
    let dimension: Int
    /// `[TextMeasures.count]`
    private let mean: [Float]
    /// One over the spread, times the chosen one; 0 for a measure that never moves. `[TextMeasures.count]`
    private let factor: [Float]

    init(of views: [QuestionView], spread: Float = 0.1) {
        dimension = views.reduce(0) { max($0, $1.vector.count) }
        var measures: [Float] = []
        measures.reserveCapacity(views.count * TextMeasures.count)
        for view in views { measures += Self.measures(of: view) }
        let standard = StandardColumns(of: measures, rows: views.count, columns: TextMeasures.count)
        mean = standard.mean.map { Float($0) }
        factor = standard.inverseSpread.map { Float($0) * spread }
    }

    /// How long a row is.
    var count: Int { dimension + TextMeasures.count }

    /// `[count]`; a vector of another dimension is cut or ends in zeros.
    func row(of view: QuestionView) -> [Float] {
        var row = [Float](repeating: 0, count: count)
        for (column, value) in view.vector.prefix(dimension).enumerated() { row[column] = value }
        for (column, value) in Self.measures(of: view).enumerated() {
            row[dimension + column] = (value - mean[column]) * factor[column]
        }
        return row
    }

    private static func measures(of view: QuestionView) -> [Float] {
        let known = view.measures.prefix(TextMeasures.count)
        return Array(known) + repeatElement(0, count: TextMeasures.count - known.count)
    }
}
