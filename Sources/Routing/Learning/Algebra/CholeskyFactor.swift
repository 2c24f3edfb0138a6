/// A symmetric positive matrix taken apart once, so that equations with it are solved quickly for many right-hand sides.
///
///     A = L Lᵀ,   A x = b  ⇔  L y = b,  Lᵀ x = y
///
/// In Double. A diagonal that rounding left at nothing is lifted to a trifle of the largest one, so that columns which
/// repeat each other do no harm.
package struct CholeskyFactor: Sendable {
    /// Rows of the matrix.
    package let size: Int
    /// L, `[size × size]`, row after row; what lies above the diagonal means nothing.
    private var lower: [Double]

    /// Takes apart a matrix of `size × size`, row after row, of which only the lower half is read.
    package init(of matrix: [Double], size: Int) {
        precondition(matrix.count == size * size, "a square matrix")
        self.size = size
        lower = matrix
        var largest = 0.0
        for row in 0..<size { largest = max(largest, matrix[row * size + row]) }
        let least = largest > 0 ? largest * 1e-12 : 1
        lower.withUnsafeMutableBufferPointer { lower in
            for row in 0..<size {
                for column in 0..<row {
                    let sum = Self.dot(lower, row * size, column * size, count: column)
                    lower[row * size + column] = (lower[row * size + column] - sum) / lower[column * size + column]
                }
                let sum = Self.dot(lower, row * size, row * size, count: row)
                lower[row * size + row] = max(lower[row * size + row] - sum, least).squareRoot()
            }
        }
    }

    /// x with A x = `right`, `[size]`.
    package func solve(_ right: [Double]) -> [Double] {
        precondition(right.count == size, "one number a row")
        var x = right
        for row in 0..<size {
            for column in 0..<row { x[row] -= lower[row * size + column] * x[column] }
            x[row] /= lower[row * size + row]
        }
        for row in stride(from: size - 1, through: 0, by: -1) {
            x[row] /= lower[row * size + row]
            // Down the row of L that is a column of Lᵀ: memory is read in order.
            for column in 0..<row { x[column] -= lower[row * size + column] * x[row] }
        }
        return x
    }

    /// Σ of products of two stretches of one buffer, four at a time in a fixed order.
    private static func dot(
        _ values: UnsafeMutableBufferPointer<Double>, _ left: Int, _ right: Int, count: Int
    ) -> Double {
        guard let base = values.baseAddress else { return 0 }
        let (a, b) = (UnsafeRawPointer(base + left), UnsafeRawPointer(base + right))
        var sums = SIMD4<Double>.zero
        var index = 0
        while index + 4 <= count {
            let offset = index * MemoryLayout<Double>.stride
            let x = a.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
            let y = b.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
            sums += x * y
            index += 4
        }
        var sum = sums.sum()
        while index < count {
            sum += values[left + index] * values[right + index]
            index += 1
        }
        return sum
    }
}
