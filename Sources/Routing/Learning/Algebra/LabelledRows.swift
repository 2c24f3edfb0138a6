/// Rows of numbers of which each belongs to a class: what classifiers learn from.
struct LabelledRows: Sendable {
    /// `[rows × dimension]`, row after row.
    private(set) var values: [Float] = []
    /// The class of each row, `[rows]`, from 0 to `classCount` − 1.
    private(set) var labels: [Int] = []
    let dimension: Int
    let classCount: Int

    init(dimension: Int, classCount: Int) {
        precondition(classCount > 0, "there is a class to belong to")
        self.dimension = dimension
        self.classCount = classCount
    }

    /// How many rows.
    var count: Int { labels.count }

    /// Where a row lies in `values`.
    func bounds(of row: Int) -> Range<Int> { row * dimension..<(row + 1) * dimension }

    /// Adds a row; one that is too short ends in zeros, what is too long is cut.
    mutating func append(_ row: [Float], label: Int) {
        precondition(label >= 0 && label < classCount, "the class is known")
        values.append(contentsOf: row.prefix(dimension))
        values.append(contentsOf: repeatElement(0, count: max(0, dimension - row.count)))
        labels.append(label)
    }

    /// What brings the numbers to a mean square of 1, so that one step length suits every embedder.
    var scale: Float {
        let squares = RowArithmetic.dot(values, values)
        return squares > 0 ? (Float(values.count) / squares).squareRoot() : 1
    }
}
