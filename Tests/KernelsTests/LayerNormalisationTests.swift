import Kernels
import Support
import Testing

struct LayerNormalisationTests {
    private func normalised(
        _ x: [Float], adding added: [Float]?, weight: [Float], bias: [Float], epsilon: Float, path: CPUPath
    ) -> [Float] {
        var out = [Float](repeating: .nan, count: x.count)
        if let added {
            LayerNormalisation.normalise(
                x, adding: added, weight: weight, bias: bias, into: &out, count: x.count, epsilon: epsilon, path: path)
        } else {
            LayerNormalisation.normalise(
                x, adding: nil, weight: weight, bias: bias, into: &out, count: x.count, epsilon: epsilon, path: path)
        }
        return out
    }

    @Test(arguments: CPUPath.allCases, [1, 2, 7, 8, 9, 31, 64, 384, 1027])
    func agreesWithThePlainFormula(path: CPUPath, length: Int) {
        var random = TestRandom(seed: UInt64(length))
        let (x, added) = (random.numbers(length, size: 4), random.numbers(length, size: 4))
        let (weight, bias) = (random.numbers(length, size: 2), random.numbers(length))
        for other in [added, nil] {
            let sums = x.indices.map { Double(x[$0] + (other?[$0] ?? 0)) }
            let mean = sums.reduce(0, +) / Double(length)
            let variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(length)
            let scale = 1 / (variance + Double(Float(1e-3))).squareRoot()
            let found = normalised(x, adding: other, weight: weight, bias: bias, epsilon: 1e-3, path: path)
            for index in x.indices {
                let exact = (sums[index] - mean) * scale * Double(weight[index]) + Double(bias[index])
                // The rounded mean of at most 8 and the difference with it are off by 2⁻²¹ together, before scaling.
                #expect(abs(Double(found[index]) - exact) <= 0x1p-21 * (1 + scale) * 2 + 0x1p-21)
            }
        }
    }

    /// 1 + 1, 4 + 2, 0 + 4 and 2 - 2: mean 3, variance (1 + 9 + 1 + 9) / 4 = 5, with 4 more 9, so thirds: -1/3, 1, 1/3, -1.
    /// Weighted by 3 and shifted by 1: 0, 4, 2, -2.
    @Test(arguments: CPUPath.allCases)
    func normalisesByHand(path: CPUPath) {
        let found = normalised(
            [1, 4, 0, 2], adding: [1, 2, 4, -2], weight: [3, 3, 3, 3], bias: [1, 1, 1, 1], epsilon: 4, path: path)
        #expect(zip(found, [0, 4, 2, -2] as [Float]).allSatisfy { abs($0 - $1) <= 0x1p-20 })
    }

    /// Equal numbers have no variance; what is left is the shift.
    @Test(arguments: CPUPath.allCases)
    func equalNumbersBecomeTheShift(path: CPUPath) {
        let shift = (0..<11).map { Float($0) }
        let found = normalised(
            [Float](repeating: 7, count: 11), adding: nil, weight: [Float](repeating: 2, count: 11), bias: shift,
            epsilon: 1e-12, path: path)
        #expect(found == shift)
    }
}
