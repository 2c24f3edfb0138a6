extension [Float] {
    /// The same direction at length one; the first axis for a vector without length.
    var atUnitLength: [Float] {
        let length = reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
        guard length > 0, length.isFinite else { return indices.map { $0 == 0 ? 1 : 0 } }
        return map { $0 / length }
    }
}
