/// Rows of activations in working memory: one row for each token of a pass, `[count × width]`, row after row.
///
/// A view, not an owner: it is valid until the workbench takes its memory back.
struct ActivationRows: @unchecked Sendable {
    // Written only by the part of the work that a row was given to.
    let start: UnsafeMutablePointer<Float>

    /// Number of rows.
    let count: Int

    /// Numbers in a row.
    let width: Int

    /// Numbers from the start of one row to the start of the next; `width` unless the rows are part of wider ones.
    let stride: Int

    init(start: UnsafeMutablePointer<Float>, count: Int, width: Int, stride: Int? = nil) {
        self.start = start
        self.count = count
        self.width = width
        self.stride = stride ?? width
    }

    /// Where row `index` begins.
    subscript(index: Int) -> UnsafeMutablePointer<Float> { start + index * stride }

    /// Some of the rows.
    func rows(_ range: Range<Int>) -> ActivationRows {
        ActivationRows(start: self[range.lowerBound], count: range.count, width: width, stride: stride)
    }

    /// The columns of each row from `first` on, `width` of them.
    func columns(from first: Int, width: Int) -> ActivationRows {
        ActivationRows(start: start + first, count: count, width: width, stride: stride)
    }
}
