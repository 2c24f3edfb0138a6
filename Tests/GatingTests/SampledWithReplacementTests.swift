import Gating
import Support
import Testing

struct SampledWithReplacementTests {
    /// Weights 1, 2, 1 end at 1, 3, 4. Draws of 0, 1/2, 1/4 and 1 - 2⁻⁵³ aim at 0, 2, 1 and just below 4; an aim on a
    /// border belongs to the next expert, so: 0, 1, 1, 2.
    @Test func drawsWhereTheGeneratorAims() throws {
        var random = ScriptedRandom([0, 1 << 63, 1 << 62, .max])
        let seats = try drawn(by: SampledWithReplacement(count: 4), from: [1, 2, 1], using: &random)
        #expect(seats == [0, 1, 1, 2])
        #expect(random.asked == 4)
    }

    @Test func aRepeatedExpertHoldsOneSeatPerDraw() throws {
        let gate = try Gate(
            normaliser: LinearShare(), selector: SampledWithReplacement(count: 4), weightPolicy: UniformWeights())
        var random = ScriptedRandom([0, 1 << 63, 1 << 62, .max])
        let selection = try gate.select(ScoreMatrix(row: [1, 2, 1]), using: &random)
        #expect(selection.expert == [0, 1, 1, 2])
        #expect(selection.weight == [0.25, 0.25, 0.25, 0.25])
    }

    @Test func aRowThatWeighsNothingGetsNoSeatAndTakesNoNumber() throws {
        var random = ScriptedRandom([])
        let selector = try SampledWithReplacement(count: 3)
        #expect(drawn(by: selector, from: [0, -1, .nan, -.infinity], using: &random).isEmpty)
        #expect(drawn(by: selector, from: [], using: &random).isEmpty)
        #expect(random.asked == 0)
    }

    @Test func infiniteScoresShareTheDraw() throws {
        var random = TestRandom(seed: 3)
        let seats = try drawn(
            by: SampledWithReplacement(count: 200), from: [.infinity, 5, .infinity], using: &random)
        #expect(Set(seats) == [0, 2])
    }

    /// Four experts of weight above 0, so 3 degrees of freedom: a true statistic passes 21.1 once in 10 000 seeds. The
    /// same counts held against equal weights are far beyond it, so the bound can fail.
    @Test func drawsInProportionToTheWeights() throws {
        var random = TestRandom(seed: 2024)
        let row: [Float] = [1, 2, 0, 3, 4]
        var seen = [Int](repeating: 0, count: 5)
        for expert in try drawn(by: SampledWithReplacement(count: 20_000), from: row, using: &random) {
            seen[expert] += 1
        }
        #expect(chiSquare(seen: seen, probabilities: [0.1, 0.2, 0, 0.3, 0.4]) < 21.1)
        #expect(chiSquare(seen: seen, probabilities: [0.25, 0.25, 0, 0.25, 0.25]) > 1000)
    }

    @Test(arguments: [0, -1])
    func refusesFewerThanOneDraw(count: Int) {
        #expect(throws: GateRefusal.self) { try SampledWithReplacement(count: count) }
    }
}
