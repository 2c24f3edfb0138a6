import Foundation
import Kernels
import Support
import Testing

/// One call of attention with all it reads, in arrays: what the kernels are asked and the plain twin is asked too.
///
/// Everything that may not be read is NaN: positions outside the range, and what lies between rows.
struct AttentionCase {
    var attention: CachedAttention
    var heads: Int
    var positions: Range<Int>
    var queries: [Float]
    var keys: [Float]
    var values: [Float]
    var keyStride: Int
    var valueStride: Int
    var sinks: [Float]?
    var numbers: CachedAttention.Cache.Numbers

    /// Numbers of a cache of halves are halves already, so that the twin sees the same numbers.
    init(
        _ attention: CachedAttention, heads: Int, positions: Range<Int>, gap: Int = 0, hasSinks: Bool = false,
        numbers: CachedAttention.Cache.Numbers, random: inout TestRandom
    ) {
        self.attention = attention
        self.heads = heads
        self.positions = positions
        self.numbers = numbers
        keyStride = attention.keySize + gap
        valueStride = attention.valueSize + 2 * gap
        queries = random.numbers(heads * attention.keySize, size: 2)
        sinks = hasSinks ? random.numbers(heads, size: 4) : nil
        keys = Self.rows(positions, size: attention.keySize, stride: keyStride, random: &random)
        values = Self.rows(positions, size: attention.valueSize, stride: valueStride, random: &random)
        if numbers == .half {
            keys = Self.widened(Self.narrowed(keys))
            values = Self.widened(Self.narrowed(values))
        }
    }

    /// The kernel's results, [heads × valueSize].
    func result(path: CPUPath) -> [Float] {
        if numbers == .float { return result(keys: keys, values: values, path: path) }
        return result(keys: Self.narrowed(keys), values: Self.narrowed(values), path: path)
    }

    /// Numbers that the kernel may not touch follow each of its rooms.
    private func result<Number>(keys: [Number], values: [Number], path: CPUPath) -> [Float] {
        let guards = [Float](repeating: 77, count: 16)
        var out = [Float](repeating: .nan, count: heads * attention.valueSize) + guards
        var scratch = [Float](repeating: .nan, count: heads * positions.count) + guards
        keys.withUnsafeBytes { keys in
            values.withUnsafeBytes { values in
                guard let keys = keys.baseAddress, let values = values.baseAddress else { return }
                let cache = CachedAttention.Cache(
                    keys: keys, values: values, keyStride: keyStride, valueStride: valueStride, numbers: numbers)
                let queries = queries + [.nan]
                if let sinks {
                    attention.attend(
                        queries: queries, heads: heads, to: cache, positions: positions, sinks: sinks,
                        scratch: &scratch, out: &out, path: path)
                } else {
                    attention.attend(
                        queries: queries, heads: heads, to: cache, positions: positions, scratch: &scratch, out: &out,
                        path: path)
                }
            }
        }
        #expect(out.suffix(16) == guards[...], "nothing behind the results may change")
        #expect(scratch.suffix(16) == guards[...], "nothing behind the scratch may change")
        return out.dropLast(16)
    }

    /// The same in Double, and how far a Float path may be from it.
    ///
    /// A score is a sum of `keySize` products, off by at most keySize · 2⁻²⁴ · Σ |q k| · scale; scaling, capping (tanh
    /// and its argument) and subtracting the largest add eight roundings of the largest score. That much a weight's
    /// exponent is off, and relatively the weight itself; exp, the weights' sum, its division and the sum of values
    /// round count + 8 times. Numerator and denominator err alike: twice, times the largest value.
    func plain() -> (exact: [Double], bound: Double) {
        var exact: [Double] = []
        var slack = 0.0
        var largest = 0.0
        for head in 0..<heads {
            var scores: [Double] = []
            var size = sinks.map { abs(Double($0[head])) } ?? 0
            var products = 0.0
            for position in positions {
                var sum = 0.0
                var sizes = 0.0
                for index in 0..<attention.keySize {
                    let product =
                        Double(queries[head * attention.keySize + index])
                        * Double(keys[position * keyStride + index])
                    sum += product
                    sizes += abs(product)
                }
                let scaled = sum * Double(attention.scale)
                let score = attention.softcap.map { Double($0) * tanh(scaled / Double($0)) } ?? scaled
                scores.append(score)
                size = max(size, abs(score))
                products = max(products, sizes * abs(Double(attention.scale)))
            }
            slack = max(slack, Double(attention.keySize) * products + 8 * size)
            let sink = sinks.map { Double($0[head]) } ?? -.infinity
            let top = scores.reduce(sink) { max($0, $1) }
            let weights = scores.map { exp($0 - top) }
            let sum = weights.reduce(exp(sink - top)) { $0 + $1 }
            for index in 0..<attention.valueSize {
                var total = 0.0
                for (position, weight) in zip(positions, weights) {
                    let value = Double(values[position * valueStride + index])
                    total += weight / sum * value
                    largest = max(largest, abs(value))
                }
                exact.append(total)
            }
        }
        return (exact, 2 * (slack + Double(positions.count) + 8) * 0x1p-24 * largest)
    }

    private static func rows(_ positions: Range<Int>, size: Int, stride: Int, random: inout TestRandom) -> [Float] {
        var rows = [Float](repeating: .nan, count: (positions.upperBound + 1) * stride + 1)
        for position in positions {
            rows.replaceSubrange(position * stride..<position * stride + size, with: random.numbers(size))
        }
        return rows
    }

    private static func narrowed(_ floats: [Float]) -> [UInt16] {
        var halves = [UInt16](repeating: 0, count: floats.count)
        HalfNumbers.narrow(floats, into: &halves, count: floats.count, path: .portable)
        return halves
    }

    private static func widened(_ halves: [UInt16]) -> [Float] {
        var floats = [Float](repeating: 0, count: halves.count)
        HalfNumbers.widen(halves, into: &floats, count: halves.count, path: .portable)
        return floats
    }
}
