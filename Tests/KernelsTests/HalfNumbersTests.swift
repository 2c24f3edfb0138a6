import Foundation
import Kernels
import Support
import Testing

struct HalfNumbersTests {
    /// All 65536 halves, against sign · 2^(exponent - 15) · (1 + fraction / 1024), which is exact in Float.
    @Test(arguments: CPUPath.allCases)
    func widensEveryHalfExactly(path: CPUPath) {
        let halves = (0...UInt16.max).map { $0 }
        let floats = widened(halves, path: path)
        let wrong = zip(halves, floats).filter { half, float in
            guard let value = Self.value(of: half) else { return !float.isNaN }
            return float.bitPattern != value.bitPattern
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: CPUPath.allCases)
    func everyHalfSurvivesTheWayThereAndBack(path: CPUPath) {
        let halves = (0...UInt16.max).map { $0 }
        let back = narrowed(widened(halves, path: path), path: path)
        let wrong = zip(halves, back).filter { half, again in
            // A NaN comes back quiet: with the highest bit of its fraction set.
            Self.value(of: half) == nil ? again != half | 0x200 : again != half
        }
        #expect(wrong.isEmpty)
    }

    /// Steps near 1 are 2⁻¹⁰, so 1 + 2⁻¹¹ lies between 0x3C00 and 0x3C01 and 1 + 3 · 2⁻¹¹ between 0x3C01 and 0x3C02:
    /// both go to the even one. Subnormal steps are 2⁻²⁴. The largest half is 65504; 65520 is half a step more.
    @Test(arguments: CPUPath.allCases)
    func roundsToTheNearestEven(path: CPUPath) {
        let cases: [(Float, UInt16)] = [
            (0, 0), (-0.0, 0x8000), (1, 0x3C00), (-2, 0xC000),
            (1 + 0x1p-11, 0x3C00), ((1 + 0x1p-11).nextUp, 0x3C01), (1 + 3 * 0x1p-11, 0x3C02),
            ((1 + 3 * 0x1p-11).nextDown, 0x3C01),
            (2 - 0x1p-12, 0x4000),
            (0x1p-24, 1), (0x1p-25, 0), (Float(0x1p-25).nextUp, 1), (3 * 0x1p-25, 2), (5 * 0x1p-25, 2),
            (-0x1p-24, 0x8001),
            (0x1p-14, 0x0400), (0x1p-14 - 0x1p-24, 0x03FF), (0x1p-14 - 0x1p-25, 0x0400),
            (0x1p-30, 0), (-Float.leastNonzeroMagnitude, 0x8000),
            (65504, 0x7BFF), (Float(65520).nextDown, 0x7BFF), (65520, 0x7C00), (65536, 0x7C00), (-1e30, 0xFC00),
            (.infinity, 0x7C00), (-.infinity, 0xFC00),
        ]
        // Padded so that the vectors see them as well as what handles the rest.
        for padding in [0, 8] {
            let zeros = [Float](repeating: 0, count: padding)
            for (float, half) in cases {
                let result = narrowed([float] + zeros, path: path)
                #expect(result[0] == half, "\(float)")
            }
        }
    }

    /// NaNs of all kinds become quiet ones and keep sign and upper fraction, to the same bits on every path.
    @Test(arguments: CPUPath.allCases)
    func noNumberStaysNoNumber(path: CPUPath) {
        let patterns: [(UInt32, UInt16)] = [
            (0x7FC0_0000, 0x7E00), (0xFFC0_0000, 0xFE00), (0x7F80_0001, 0x7E00), (0x7FFF_FFFF, 0x7FFF),
            (0xFFA0_2000, 0xFF01),
        ]
        for (float, half) in patterns {
            let row = [Float](repeating: Float(bitPattern: float), count: 9)
            #expect(narrowed(row, path: path) == [UInt16](repeating: half, count: 9))
        }
        #expect(widened([UInt16](repeating: 0xFD01, count: 9), path: path).allSatisfy { $0.bitPattern == 0xFFE0_2000 })
    }

    /// Floats of every size against rounding done in Double, where a float divided by a power of two is exact.
    @Test(arguments: CPUPath.allCases)
    func roundsLikeDouble(path: CPUPath) {
        var random = TestRandom(seed: 41)
        var floats: [Float] = []
        for _ in 0..<20_000 {
            let bits = UInt32.random(in: 0...UInt32.max, using: &random)
            let exponent = UInt32.random(in: 127 - 27...127 + 17, using: &random)
            floats.append(Float(bitPattern: bits & 0x807F_FFFF | exponent << 23))
            // Few bits of fraction: ties are likely.
            floats.append(Float(bitPattern: bits & 0x807F_F000 | exponent << 23))
        }
        let back = widened(narrowed(floats, path: path), path: path)
        let wrong = zip(floats, back).filter { float, result in
            let size = abs(Double(float))
            let step = max(Double(float.magnitude.binade), 0x1p-14) * 0x1p-10
            let rounded = (size / step).rounded(.toNearestOrEven) * step
            let expected = rounded > 65504 ? .infinity : Float(rounded)
            return result.magnitude != expected || result.sign != float.sign
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: CPUPath.allCases)
    func touchesNothingBehindTheRow(path: CPUPath) {
        for length in 0...20 {
            var halves = [UInt16](repeating: 7, count: length + 1)
            HalfNumbers.narrow([Float](repeating: 1, count: length + 1), into: &halves, count: length, path: path)
            #expect(halves == [UInt16](repeating: 0x3C00, count: length) + [7])
            var floats = [Float](repeating: 7, count: length + 1)
            HalfNumbers.widen(halves, into: &floats, count: length, path: path)
            #expect(floats == [Float](repeating: 1, count: length) + [7])
        }
    }

    /// What a half stands for; nil for a NaN.
    private static func value(of half: UInt16) -> Float? {
        let exponent = Int(half >> 10 & 31)
        let fraction = Float(half & 1023) / 1024
        let sign: Float = half & 0x8000 == 0 ? 1 : -1
        switch exponent {
        case 0: return sign * fraction * 0x1p-14
        case 31: return fraction == 0 ? sign * .infinity : nil
        default: return sign * (1 + fraction) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
        }
    }

    private func narrowed(_ floats: [Float], path: CPUPath) -> [UInt16] {
        var halves = [UInt16](repeating: 0, count: floats.count)
        HalfNumbers.narrow(floats, into: &halves, count: floats.count, path: path)
        return halves
    }

    private func widened(_ halves: [UInt16], path: CPUPath) -> [Float] {
        var floats = [Float](repeating: 0, count: halves.count)
        HalfNumbers.widen(halves, into: &floats, count: halves.count, path: path)
        return floats
    }
}
