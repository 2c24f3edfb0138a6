import Kernels
import Support
import Testing

struct RootMeanSquareTests {
    private static let lengths = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 1023, 2880, 4099]

    /// Every path against the plain formula in Double, with weights and without, from unaligned starts too.
    @Test(arguments: CPUPath.allCases, lengths)
    func agreesWithThePlainFormula(path: CPUPath, length: Int) {
        var random = TestRandom(seed: UInt64(length))
        for start in [0, 1, 3] {
            let row = Array(random.numbers(length + start, size: 4)[start...])
            let weight = random.numbers(length, size: 2)
            for weights in [weight, nil] {
                let result = normalised(row, weight: weights, epsilon: 1e-5, path: path)
                let squares = row.reduce(0.0) { $0 + Double($1) * Double($1) }
                let root = (squares / Double(length) + Double(Float(1e-5))).squareRoot()
                for index in row.indices {
                    let exact = Double(row[index]) / root * Double(weights?[index] ?? 1)
                    // Three roundings of 2⁻²⁴ each: the scale and two products; the sum in Double adds next to none.
                    #expect(abs(Double(result[index]) - exact) <= 3.1 * 0x1p-24 * abs(exact))
                }
            }
        }
    }

    /// mean(3², 4²) + 3.5 = 16, so the row is divided by 4: 0.75 and 1; weighted by 2 and 10: 1.5 and 10.
    @Test(arguments: CPUPath.allCases)
    func normalisesByHand(path: CPUPath) {
        #expect(normalised([3, 4], weight: nil, epsilon: 3.5, path: path) == [0.75, 1])
        #expect(normalised([3, 4], weight: [2, 10], epsilon: 3.5, path: path) == [1.5, 10])
    }

    /// 1e30² overflows a Float, yet nineteen such numbers have the root mean square 1e30 and become ones.
    @Test(arguments: CPUPath.allCases)
    func standsLargeNumbers(path: CPUPath) {
        let huge = normalised([Float](repeating: 1e30, count: 19), weight: nil, epsilon: 1e-6, path: path)
        #expect(huge.allSatisfy { abs($0 - 1) <= 0x1p-22 })
    }

    @Test(arguments: CPUPath.allCases)
    func zerosStayZeros(path: CPUPath) {
        #expect(normalised([0, 0, 0], weight: nil, epsilon: 1e-6, path: path) == [0, 0, 0])
    }

    @Test(arguments: CPUPath.allCases)
    func worksInPlaceAndTouchesNothingBehindTheRow(path: CPUPath) {
        for length in 0...40 {
            var random = TestRandom(seed: 7)
            let row = random.numbers(length)
            let apart = normalised(row, weight: nil, epsilon: 1e-6, path: path)
            var place = row + [77]
            place.withUnsafeMutableBufferPointer { room in
                guard let base = room.baseAddress else { return }
                RootMeanSquare.normalise(base, weight: nil, into: base, count: length, epsilon: 1e-6, path: path)
            }
            #expect(place == apart + [77])
        }
    }

    private func normalised(_ row: [Float], weight: [Float]?, epsilon: Float, path: CPUPath) -> [Float] {
        [Float](unsafeUninitializedCapacity: row.count + 1) { room, count in
            count = row.count
            guard let out = room.baseAddress else { return }
            (row + [.nan]).withUnsafeBufferPointer { x in
                guard let x = x.baseAddress else { return }
                if let weight {
                    RootMeanSquare.normalise(
                        x, weight: weight + [.nan], into: out, count: row.count, epsilon: epsilon, path: path)
                } else {
                    RootMeanSquare.normalise(
                        x, weight: nil, into: out, count: row.count, epsilon: epsilon, path: path)
                }
            }
        }
    }
}
