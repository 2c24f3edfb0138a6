/// The terms of the softmax of a whole row, `exp((x - best) / τ)`, eight at a time.
///
/// `Gating`'s exponential takes one Double; over 150 000 tokens that is two milliseconds, this a fifth of one. It too
/// is made of additions and multiplications only, in an order that the code fixes, so the same row gives the same bits
/// on every platform. The term of a token d nats below the best is within d + 2 parts in 10⁷ of the exact one, because
/// its distance is a Float; below e⁻⁸⁷ terms are 0.
enum RowTerms {
    /// Tokens that are summed in Float before the sum goes on in Double.
    static let blockLength = 1024

    /// The farthest below the best, in nats, at which a term is not 0.
    static let reach: Float = 87

    /// The sum of a row's terms at temperature 1; `best` is its highest logit.
    static func total(of row: Span<Float>, best: Float) -> Double {
        var total = 0.0
        var start = 0
        while start < row.count {
            let end = min(start + blockLength, row.count)
            total += sum(of: row, in: start..<end, best: best, inverseTemperature: 1)
            start = end
        }
        return total
    }

    /// The sum of the terms of one block.
    static func sum(
        of row: Span<Float>, in block: Range<Int>, best: Float, inverseTemperature: Float
    ) -> Double {
        var lanes = SIMD8<Float>()
        visit(row, in: block, best: best, inverseTemperature: inverseTemperature) { _, terms in
            lanes += terms
        }
        var sum = 0.0
        for lane in 0..<8 {
            sum += Double(lanes[lane])
        }
        return sum
    }

    /// Fills `terms` with the terms of one block.
    static func fill(
        _ terms: inout [Float], of row: Span<Float>, in block: Range<Int>, best: Float, inverseTemperature: Float
    ) {
        terms.removeAll(keepingCapacity: true)
        visit(row, in: block, best: best, inverseTemperature: inverseTemperature) { start, values in
            for lane in 0..<min(8, block.upperBound - start) {
                terms.append(values[lane])
            }
        }
    }

    /// Calls `visit` with the start of every eight tokens of a block and their terms; behind the end they are 0.
    @inline(__always)
    private static func visit(
        _ row: Span<Float>, in block: Range<Int>, best: Float, inverseTemperature: Float,
        _ visit: (Int, SIMD8<Float>) -> Void
    ) {
        row.withUnsafeBufferPointer { row in
            let bytes = UnsafeRawBufferPointer(row)
            var start = block.lowerBound
            while start < block.upperBound {
                var logits = SIMD8<Float>(repeating: -.infinity)
                if start + 8 <= block.upperBound {
                    logits = bytes.loadUnaligned(fromByteOffset: 4 * start, as: SIMD8<Float>.self)
                } else {
                    for token in start..<block.upperBound {
                        logits[token - start] = row[token]
                    }
                }
                // Where the best is plus infinity, its distance to itself would be NaN.
                let distance = (logits - best).replacing(with: 0, where: logits .== best)
                visit(start, exponential(distance * inverseTemperature))
                start += 8
            }
        }
    }

    /// e to the power `x` for `x` from -87 to 0; 0 below and for NaN. `x = k ln 2 + r`, as in `Gating`, with a Taylor
    /// polynomial of degree 7, whose remainder is below 6e-9.
    @inline(__always)
    private static func exponential(_ x: SIMD8<Float>) -> SIMD8<Float> {
        let isLive = x .>= -reach
        let x = x.replacing(with: 0, where: .!isLive)
        // Adding 1.5 · 2^23 rounds to a whole number, which then stands in the lowest bits.
        let shifted = x * 1.4426950408889634 + 0x1.8p23
        let k = shifted - 0x1.8p23
        let r = (x - k * 0.693359375) - k * -2.12194440e-4
        var sum = 1 + r * (1 / 7)
        sum = 1 + r * (1 / 6) * sum
        sum = 1 + r * (1 / 5) * sum
        sum = 1 + r * (1 / 4) * sum
        sum = 1 + r * (1 / 3) * sum
        sum = 1 + r * (1 / 2) * sum
        sum = 1 + r * sum
        let power = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- Int32(bitPattern: Float(0x1.8p23).bitPattern)
        let scale = unsafeBitCast((power &+ 127) &<< 23, to: SIMD8<Float>.self)
        return (sum * scale).replacing(with: 0, where: .!isLive)
    }
}
