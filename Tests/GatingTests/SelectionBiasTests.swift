import Gating
import Support
import Testing

struct SelectionBiasTests {
    /// Shares 0.5, 0.375, 0.125; biases 0, 0, 0.5 make the last the best to choose by: 0.625. It still weighs 0.125.
    @Test func changesWhoIsChosenAndNotTheWeight() throws {
        let scores = ScoreMatrix(row: [4, 3, 1])
        let plain = try Gate(normaliser: LinearShare(), selector: TopK(count: 1)).select(scores)
        #expect(plain.expert == [0])
        let biased = try Gate(
            transforms: [SelectionBias([0, 0, 0.5])], normaliser: LinearShare(), selector: TopK(count: 1)
        ).select(scores)
        #expect(biased.expert == [2])
        #expect(biased.weight == [0.125])
    }

    @Test func theSameBiasForAllChangesNothing() throws {
        var random = TestRandom(seed: 31)
        for _ in 0..<100 {
            let scores = ScoreMatrix(row: (0..<8).map { _ in Float(random.next() % 1024) / 1024 })
            let plain = try Gate(normaliser: Identity(), selector: TopK(count: 3)).select(scores)
            let biased = try Gate(
                transforms: [SelectionBias([Float](repeating: 0.25, count: 8))], normaliser: Identity(),
                selector: TopK(count: 3)
            ).select(scores)
            #expect(plain == biased)
        }
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func refusesABiasThatIsNotFinite(bias: Float) {
        let refusal = #expect(throws: GateRefusal.self) { try SelectionBias([0, bias]) }
        #expect(refusal?.found == "\(bias) for expert 1")
    }
}
