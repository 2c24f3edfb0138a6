/// A row rounded to whole numbers from −127 to 127, of which the largest is at the end of that range.
struct ByteRow {
    /// `[dimension]`.
    let values: [Int8]
    /// One over the length of the rounded row; 0 where all of it is 0.
    let inverseLength: Float

    /// Rounds `row`; one that is too short ends in zeros, what is too long is cut, what is not finite counts as 0.
    init(_ row: [Float], dimension: Int) {
        var values = [Int8](repeating: 0, count: dimension)
        var largest: Float = 0
        for value in row.prefix(dimension) where value.isFinite { largest = max(largest, abs(value)) }
        var squares: Int64 = 0
        // Below this, dividing by it would overflow: such a row has no direction worth the name.
        if largest > 1e-30 {
            for (index, value) in row.prefix(dimension).enumerated() where value.isFinite {
                values[index] = Int8((value / largest * 127).rounded())
                squares += Int64(values[index]) * Int64(values[index])
            }
        }
        self.values = values
        inverseLength = squares > 0 ? 1 / Float(squares).squareRoot() : 0
    }

    /// Σ aᵢ bᵢ, exactly: 32 bits hold the sum of 130,000 products. Written plainly, since the compiler makes vector
    /// instructions of a sum of whole numbers by itself; they are fewest where one of the two is 16 bits wide already.
    static func dot(_ a: UnsafePointer<Int8>, _ b: UnsafePointer<Int16>, count: Int) -> Int32 {
        var sum: Int32 = 0
        for index in 0..<count { sum &+= Int32(a[index]) &* Int32(b[index]) }
        return sum
    }
}
