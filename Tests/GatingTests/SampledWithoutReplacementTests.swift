import Gating
import Support
import Testing

struct SampledWithoutReplacementTests {
    /// Weights 1, 2, 1: a draw of 1/2 aims at 2 of 4, expert 1. Left are 1 and 1: a draw of 1/2 aims at 1 of 2, which
    /// is the border, so expert 2. Then only expert 0 is left.
    @Test func renormalisesAfterEachDraw() throws {
        var random = ScriptedRandom([1 << 63, 1 << 63, 1 << 63])
        let seats = try drawn(by: SampledWithoutReplacement(count: 3), from: [1, 2, 1], using: &random)
        #expect(seats == [1, 2, 0])
    }

    @Test func givesFewerSeatsWhenFewerWeighAnything() throws {
        var random = TestRandom(seed: 1)
        let selector = try SampledWithoutReplacement(count: 4)
        #expect(drawn(by: selector, from: [0, 3, .nan, 0, -2], using: &random) == [1])
        #expect(Set(drawn(by: selector, from: [0, 3, 1e-30, 0], using: &random)) == [1, 2])
    }

    @Test func neverSeatsAnExpertTwice() throws {
        var random = TestRandom(seed: 17)
        for _ in 0..<500 {
            let row = random.awkwardRow(count: 12)
            let seats = try drawn(by: SampledWithoutReplacement(count: 12), from: row, using: &random)
            #expect(Set(seats).count == seats.count)
            #expect(Set(seats) == Set(row.indices.filter { row[$0] > 0 }))
        }
    }

    /// Ordered pairs of four experts: P(i, j) = w_i / 10 · w_j / (10 - w_i). 12 pairs, 11 degrees of freedom: a true
    /// statistic passes 37.4 once in 10 000 seeds. Pairs from independent draws would be far beyond it.
    @Test func drawsOrderedPairsInProportion() throws {
        var random = TestRandom(seed: 99)
        let row: [Float] = [1, 2, 3, 4]
        let selector = try SampledWithoutReplacement(count: 2)
        var seen = [Int](repeating: 0, count: 16)
        for _ in 0..<30_000 {
            let pair = drawn(by: selector, from: row, using: &random)
            seen[pair[0] * 4 + pair[1]] += 1
        }
        var successive: [Double] = []
        var unweighted: [Double] = []
        for first in 0..<4 {
            for second in 0..<4 {
                let weights = (Double(row[first]), Double(row[second]))
                successive.append(first == second ? 0 : weights.0 / 10 * weights.1 / (10 - weights.0))
                unweighted.append(first == second ? 0 : weights.0 / 10 / 3)
            }
        }
        #expect(chiSquare(seen: seen, probabilities: successive) < 37.4)
        #expect(chiSquare(seen: seen, probabilities: unweighted) > 1000)
    }

    @Test func agreesWithDrawingFromAShrinkingList() throws {
        var random = TestRandom(seed: 55)
        for seed in 0..<300 as Range<UInt64> {
            let row = (0..<10).map { _ in Float(random.next() % 5) }
            var fast = TestRandom(seed: seed)
            var plain = TestRandom(seed: seed)
            var list = row.indices.filter { row[$0] > 0 }
            var expected: [Int] = []
            while expected.count < 6, !list.isEmpty {
                var aim = plain.uniformDraw() * list.reduce(0.0) { $0 + Double(row[$1]) }
                let place = list.firstIndex { expert in
                    aim -= Double(row[expert])
                    return aim < 0
                }
                expected.append(list.remove(at: place ?? list.count - 1))
            }
            #expect(try drawn(by: SampledWithoutReplacement(count: 6), from: row, using: &fast) == expected)
        }
    }

    @Test(arguments: [0, -1])
    func refusesFewerThanOneDraw(count: Int) {
        #expect(throws: GateRefusal.self) { try SampledWithoutReplacement(count: count) }
    }
}
