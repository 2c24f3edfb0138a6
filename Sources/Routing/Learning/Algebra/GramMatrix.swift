/// The products of all columns with each other, `G = Xᵀ X`: what a least-squares fit needs to know of its inputs.
///
/// Rows are taken 256 at a time: within such a stretch sums run in Float, eight at a time, from stretch to stretch in
/// Double, so that the sum of a million rows is as exact as that of a hundred.
enum GramMatrix {
    private static let stretch = 256
    /// Columns that are multiplied with one column at a time, so that its numbers are loaded once.
    private static let group = 4

    /// `[columns × columns]`, the lower half filled, from `[columns × rows]`, column after column.
    static func lowerHalf(ofColumns values: [Float], rows: Int, columns: Int) -> [Double] {
        var matrix = [Double](repeating: 0, count: columns * columns)
        values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            var start = 0
            while start < rows {
                let count = min(stretch, rows - start)
                for row in 0..<columns {
                    let left = base + row * rows + start
                    var column = 0
                    while column <= row {
                        // Beyond the diagonal the last column is multiplied again rather than one that is not there.
                        let place = { (step: Int) in base + min(column + step, row) * rows + start }
                        let sums = products(left, place(0), place(1), place(2), place(3), count: count)
                        for step in 0..<min(group, row - column + 1) {
                            matrix[row * columns + column + step] += Double(sums[step])
                        }
                        column += group
                    }
                }
                start += count
            }
        }
        return matrix
    }

    /// Σ of `left` with each of four others.
    private static func products(
        _ left: UnsafePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        _ c: UnsafePointer<Float>, _ d: UnsafePointer<Float>, count: Int
    ) -> SIMD4<Float> {
        var sums = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
        var index = 0
        while index + 8 <= count {
            let x = eight(left + index)
            sums.0 += x * eight(a + index)
            sums.1 += x * eight(b + index)
            sums.2 += x * eight(c + index)
            sums.3 += x * eight(d + index)
            index += 8
        }
        var total = SIMD4(sums.0.sum(), sums.1.sum(), sums.2.sum(), sums.3.sum())
        while index < count {
            total += left[index] * SIMD4(a[index], b[index], c[index], d[index])
            index += 1
        }
        return total
    }

    private static func eight(_ place: UnsafePointer<Float>) -> SIMD8<Float> {
        UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Float>.self)
    }
}
