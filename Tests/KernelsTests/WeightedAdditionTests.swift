import Kernels
import Support
import Testing

struct WeightedAdditionTests {
    /// Every path against Double; a product and a sum round by at most 2⁻²⁴ each of what they give.
    @Test(arguments: CPUPath.allCases)
    func agreesWithThePlainSum(path: CPUPath) {
        var random = TestRandom(seed: 31)
        for length in Array(0...40) + [2880] {
            let start = random.numbers(length)
            let row = random.numbers(length, size: 3)
            var out = start + [77]
            WeightedAddition.add(row + [.nan], times: 0.3, to: &out, count: length, path: path)
            for index in 0..<length {
                let product = Double(Float(0.3)) * Double(row[index])
                let exact = Double(start[index]) + product
                #expect(abs(Double(out[index]) - exact) <= 1.01 * 0x1p-24 * (abs(product) + abs(exact)))
            }
            #expect(out[length] == 77, "nothing behind the row may change")
        }
    }

    /// 1 + 2 · 3 = 7 and 10 + 2 · (-4) = 2.
    @Test(arguments: CPUPath.allCases)
    func addsByHand(path: CPUPath) {
        var out: [Float] = [1, 10]
        WeightedAddition.add([3, -4], times: 2, to: &out, count: 2, path: path)
        #expect(out == [7, 2])
    }
}
