/// Walks over one row of logits and stops only at those above a floor, 32 at a glance.
///
/// A vocabulary has 150 000 tokens and a choice concerns a few dozen, so the speed of sampling is the speed of passing
/// by the others.
enum RowScan {
    /// Calls `visit` with every token whose logit is above `floor`, by ascending id; `visit` returns the floor from
    /// there on. NaN is above nothing.
    @inline(__always)
    static func visit(_ row: Span<Float>, above floor: Float, _ visit: (Candidate) -> Float) {
        row.withUnsafeBufferPointer { row in
            var floor = floor
            var start = 0
            while start < row.count {
                let end = min(start + 32, row.count)
                if end - start < 32 || anyOf32(row, from: start, above: floor) {
                    for token in start..<end where row[token] > floor {
                        floor = visit(Candidate(token: Int32(token), logit: row[token]))
                    }
                }
                start = end
            }
        }
    }

    @inline(__always)
    private static func anyOf32(_ row: UnsafeBufferPointer<Float>, from start: Int, above floor: Float) -> Bool {
        let bytes = UnsafeRawBufferPointer(row)
        let floors = SIMD8(repeating: floor)
        let first = bytes.loadUnaligned(fromByteOffset: 4 * start, as: SIMD8<Float>.self)
        let second = bytes.loadUnaligned(fromByteOffset: 4 * start + 32, as: SIMD8<Float>.self)
        let third = bytes.loadUnaligned(fromByteOffset: 4 * start + 64, as: SIMD8<Float>.self)
        let fourth = bytes.loadUnaligned(fromByteOffset: 4 * start + 96, as: SIMD8<Float>.self)
        return any((first .> floors) .| (second .> floors) .| (third .> floors) .| (fourth .> floors))
    }
}
