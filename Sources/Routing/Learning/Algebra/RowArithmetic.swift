/// Arithmetic on rows of numbers, eight at a time. The order of additions is fixed, so the same rows give the same bits on
/// every machine.
enum RowArithmetic {
    /// Σ aᵢ bᵢ over the shorter of two rows.
    static func dot(_ a: Span<Float>, _ b: Span<Float>) -> Float {
        let count = min(a.count, b.count)
        var sums = SIMD8<Float>.zero
        var index = 0
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                guard let a = UnsafeRawPointer(a.baseAddress), let b = UnsafeRawPointer(b.baseAddress) else { return }
                while index + 8 <= count {
                    let offset = index * MemoryLayout<Float>.stride
                    sums +=
                        a.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                        * b.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                    index += 8
                }
            }
        }
        var sum = sums.sum()
        while index < count {
            sum += a[index] * b[index]
            index += 1
        }
        return sum
    }

    /// Σ aᵢ bᵢ over the shorter of two rows.
    static func dot(_ a: [Float], _ b: [Float]) -> Float { dot(a.span, b.span) }

    /// `target += factor · row`, over the shorter of the two.
    static func add(_ factor: Float, times row: Span<Float>, to target: inout MutableSpan<Float>) {
        for index in 0..<min(row.count, target.count) { target[index] += factor * row[index] }
    }

    /// Adds factor · row to `target` from `start` on; the row has to fit.
    static func add(_ factor: Float, times row: Span<Float>, to target: inout [Float], from start: Int) {
        precondition(start >= 0 && start + row.count <= target.count, "the row fits")
        target.withUnsafeMutableBufferPointer { target in
            row.withUnsafeBufferPointer { row in
                guard let from = row.baseAddress, let to = target.baseAddress else { return }
                for index in 0..<row.count { to[start + index] += factor * from[index] }
            }
        }
    }
}
