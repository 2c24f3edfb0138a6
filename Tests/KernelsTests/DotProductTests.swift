import Kernels
import Testing

struct DotProductTests {
    private static let lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 1023, 1024, 4099]

    /// Every path against the plain sum in Double, from starts that are no multiple of a vector's size.
    @Test(arguments: CPUPath.allCases, lengths)
    func agreesWithThePlainSum(path: CPUPath, length: Int) {
        for start in [0, 1, 3, 5] {
            let left = numbers(count: length + start, seed: 3 + UInt64(length))
            let right = numbers(count: length + start, seed: 1000 + UInt64(length))
            var exact = 0.0
            var size = 0.0
            for index in start..<start + length {
                let product = Double(left[index]) * Double(right[index])
                exact += product
                size += abs(product)
            }
            let fast = DotProduct.of(
                left.span.extracting(start...), right.span.extracting(start...), on: path)
            // Each of the n products and n sums rounds by at most 2⁻²⁴ of what it adds to.
            let bound = 2 * Double(length + 1) * 0x1p-24 * size
            #expect(abs(Double(fast) - exact) <= bound)
        }
    }

    /// Small whole numbers are exact in Float, so every path must give exactly n (n + 1) (2n + 1) / 6, here with
    /// products i · i.
    @Test(arguments: CPUPath.allCases)
    func isExactOnSmallWholeNumbers(path: CPUPath) {
        for length in 0...130 {
            let row = (0..<length).map { Float($0 + 1) }
            let expected = length * (length + 1) * (2 * length + 1) / 6
            #expect(DotProduct.of(row.span, row.span, on: path) == Float(expected))
        }
    }

    @Test func theTwoFacesAgree() {
        let left = numbers(count: 77, seed: 5)
        let right = numbers(count: 77, seed: 6)
        let pointed = left.withUnsafeBufferPointer { a in
            right.withUnsafeBufferPointer { b in DotProduct.of(a, b) }
        }
        #expect(pointed == DotProduct.of(left.span, right.span))
        #expect(pointed == DotProduct.of(left.span, right.span, on: .current))
    }

    @Test func noNumbersGiveZero() {
        let nothing = UnsafeBufferPointer<Float>(start: nil, count: 0)
        #expect(DotProduct.of(nothing, nothing) == 0)
    }

    @Test func neverReadsPastTheEnd() {
        // A NaN just behind the row would spoil the sum if it were read.
        for length in 0...70 {
            let row = [Float](repeating: 1, count: length) + [.nan]
            #expect(DotProduct.of(row.span.extracting(0..<length), row.span.extracting(0..<length)) == Float(length))
        }
    }

    /// SplitMix64, folded to numbers from -1 to 1.
    private func numbers(count: Int, seed: UInt64) -> [Float] {
        var state = seed
        return (0..<count).map { _ in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Float((mixed ^ (mixed >> 31)) >> 40) / 8_388_608 - 1
        }
    }
}
