import Gating
import Support
import Testing

struct ExpertMaskTests {
    @Test func turnsExcludedScoresIntoNever() throws {
        let mask = try ExpertMask(excluding: [0, 2], of: 4)
        var row: [Float] = [1, 2, 3, 4]
        var span = row.mutableSpan
        mask.apply(to: &span)
        #expect(agree(row, [.nan, 2, .nan, 4], within: 0))
    }

    @Test(arguments: [-1, 4, Int.max])
    func refusesAnExpertThatIsNotThere(expert: Int) {
        let refusal = #expect(throws: GateRefusal.self) { try ExpertMask(excluding: [expert], of: 4) }
        #expect(refusal?.found == "expert \(expert)")
    }

    @Test func anExcludedExpertIsNeverChosenByAnySelector() throws {
        var random = TestRandom(seed: 12)
        for _ in 0..<200 {
            let excluded = Int(random.next() % 6)
            let row = ScoreMatrix(row: (0..<6).map { _ in random.score() })
            let mask = try ExpertMask(excluding: [excluded], of: 6)
            #expect(try !Gate(transforms: [mask], selector: TopK(count: 6)).select(row).expert.contains(excluded))
            #expect(try !Gate(transforms: [mask], selector: TopP(threshold: 1)).select(row).expert.contains(excluded))
            let draw = try Gate(transforms: [mask], selector: SampledWithReplacement(count: 20))
            #expect(try !draw.select(row, using: &random).expert.contains(excluded))
            let panel = try Gate(transforms: [mask], selector: SampledWithoutReplacement(count: 6))
            #expect(try !panel.select(row, using: &random).expert.contains(excluded))
        }
    }
}
