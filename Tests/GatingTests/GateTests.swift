import Gating
import Support
import Testing

struct GateTests {
    /// Mixtral's gate by hand: shares e^2 : e^1 : e^0, the best two renormalised.
    /// e^2 / (e^2 + e^1) = 7.389056 / (7.389056 + 2.718282) = 0.7310586.
    @Test func computesMixtralsGateAsByHand() throws {
        let gate = try Gate(selector: TopK(count: 2), weightPolicy: Renormalise())
        let selection = try gate.select(ScoreMatrix(row: [1, 0, 2]))
        #expect(selection.expert == [2, 0])
        #expect(agree(selection.weight, [0.7310586, 0.2689414], within: 1e-6))
    }

    /// DeepSeek-V3's gate by hand: sigmoid(0) = 0.5, sigmoid(2) = 0.8807971, sigmoid(1) = 0.7310586. Biases 0.5, 0, 0
    /// give 1.0, 0.8807971, 0.7310586 to choose by, so experts 0 and 1 win; they weigh 0.5 and 0.8807971 without bias:
    /// 0.5 / 1.3807971 = 0.3621097 and 0.6378903, times 2.5 = 0.9052742 and 1.5947258.
    @Test func computesDeepSeeksGateAsByHand() throws {
        let gate = try Gate(
            transforms: [SelectionBias([0.5, 0, 0])], normaliser: Sigmoid(), selector: TopK(count: 2),
            weightPolicy: Scale(by: 2.5, after: Renormalise()))
        let selection = try gate.select(ScoreMatrix(row: [0, 2, 1]))
        #expect(selection.expert == [0, 1])
        #expect(agree(selection.weight, [0.9052742, 1.5947258], within: 2e-6))
    }

    @Test func runsEveryTransformBeforeTheNormaliserThatReachesBoth() throws {
        let gate = try Gate(
            transforms: [ExpertMask(excluding: [1], of: 3)], normaliser: LinearShare(), selector: TopK(count: 3))
        let selection = try gate.select(ScoreMatrix(row: [1, 8, 3]))
        #expect(selection.expert == [2, 0])
        // The share of the excluded 8 is gone: 3 / (1 + 3) and 1 / (1 + 3).
        #expect(selection.weight == [0.75, 0.25])
    }

    @Test func aBiasNeverBringsAnExcludedExpertBack() throws {
        let gate = try Gate(
            transforms: [SelectionBias([0, 1000, 0]), ExpertMask(excluding: [1], of: 3)], normaliser: Sigmoid(),
            selector: TopK(count: 3))
        #expect(try gate.select(ScoreMatrix(row: [1, 2, 3])).expert == [2, 0])
        #expect(try gate.select(ScoreMatrix(row: [1, 2, .nan])).expert == [0])
    }

    @Test func exclusionHoldsEvenAgainstATransformThatForgetsIt() throws {
        let gate = try Gate(
            transforms: [Overwriting(score: 9)], normaliser: Identity(), selector: TopK(count: 3))
        #expect(try gate.select(ScoreMatrix(row: [1, .nan, -.infinity])).expert == [0])
    }

    @Test func aRowWithEveryExpertExcludedIsEmpty() throws {
        let gate = try Gate(
            transforms: [ExpertMask(allowed: [false, false])], selector: TopK(count: 1), weightPolicy: Renormalise())
        let selection = try gate.select(ScoreMatrix(rows: 2, experts: 2, values: [1, 2, 3, 4]))
        #expect(selection.rowStart == [0, 0, 0])
    }

    @Test func refusesScoresThatATransformDoesNotFit() throws {
        let gate = try Gate(transforms: [SelectionBias([1, 2, 3])], selector: TopK(count: 1))
        let refusal = #expect(throws: GateRefusal.self) { try gate.select(ScoreMatrix(row: [1, 2])) }
        #expect(refusal?.description == "SelectionBias: found scores for 2 experts, expected scores for 3.")
    }

    @Test func theSameSeedGivesTheSameSelection() throws {
        let gate = try Gate(selector: SampledWithoutReplacement(count: 3))
        let scores = try matrix(rows: 50, experts: 9, seed: 4)
        var first = TestRandom(seed: 8)
        var again = TestRandom(seed: 8)
        var other = TestRandom(seed: 9)
        let selection = try gate.select(scores, using: &first)
        #expect(try selection == gate.select(scores, using: &again))
        #expect(try selection != gate.select(scores, using: &other))
    }

    @Test func aGateWithoutChanceLeavesTheGeneratorAlone() throws {
        let gate = try Gate(selector: TopK(count: 2))
        let scores = try matrix(rows: 5, experts: 4, seed: 3)
        var random = ScriptedRandom([])
        #expect(try gate.select(scores, using: &random) == gate.select(scores))
        #expect(random.asked == 0)
    }

    @Test func aRowIsTheSameAloneAndInCompany() throws {
        let gate = try Gate(
            transforms: [SelectionBias((0..<7).map { Float($0) / 50 })], selector: TopP(threshold: 0.6, maximum: 4),
            weightPolicy: Renormalise())
        let scores = try matrix(rows: 40, experts: 7, seed: 21)
        let together = try gate.select(scores)
        for row in 0..<40 {
            let alone = try gate.select(ScoreMatrix(row: Array(scores.values[row * 7..<(row + 1) * 7])))
            #expect(alone.expert == Array(together.experts(inRow: row)))
            #expect(alone.weight == Array(together.weights(inRow: row)))
        }
    }

    @Test func theOrderOfTheExpertsChangesNothing() throws {
        let gate = try Gate(selector: TopP(threshold: 0.7), weightPolicy: Renormalise())
        var random = TestRandom(seed: 77)
        for _ in 0..<300 {
            let row = (0..<12).map { _ in random.score() }
            let order = Array(0..<12).shuffled(using: &random)
            let plain = try gate.select(ScoreMatrix(row: row))
            let moved = try gate.select(ScoreMatrix(row: order.map { row[$0] }))
            #expect(moved.expert.map { order[$0] } == plain.expert)
            #expect(agree(moved.weight, plain.weight, within: 1e-6))
        }
    }

    @Test func everySelectionKeepsTheLawsOfCompressedRows() throws {
        var random = TestRandom(seed: 5)
        for experts in [0, 1, 2, 7, 33] {
            let values = (0..<64).flatMap { _ in random.awkwardRow(count: experts) }
            let scores = try ScoreMatrix(rows: 64, experts: experts, values: values)
            let mask = try ExpertMask(excluding: experts > 1 ? [1] : [], of: experts)
            for selection in [
                try select(scores, with: TopK(count: 4), mask: mask, using: &random),
                try select(scores, with: TopP(threshold: 0.8), mask: mask, using: &random),
                try select(scores, with: SampledWithoutReplacement(count: 4), mask: mask, using: &random),
                try select(scores, with: SampledWithReplacement(count: 4), mask: mask, using: &random),
            ].enumerated() {
                #expect(selection.element.rows == 64)
                #expect(selection.element.brokenLaw(repeatsAllowed: selection.offset == 3) == nil)
                #expect(!selection.element.expert.contains(1) || experts <= 1)
                for row in 0..<64 {
                    for expert in selection.element.experts(inRow: row) {
                        #expect(scores[row, expert] > -.infinity)
                    }
                    let weights = selection.element.weights(inRow: row)
                    #expect(weights.isEmpty || abs(weights.reduce(0, +) - 1) < 1e-5)
                }
            }
        }
    }

    private func select(
        _ scores: ScoreMatrix, with selector: some Selector, mask: ExpertMask, using random: inout TestRandom
    ) throws -> Selection {
        try Gate(transforms: [mask], selector: selector, weightPolicy: Renormalise()).select(scores, using: &random)
    }

    private func matrix(rows: Int, experts: Int, seed: UInt64) throws -> ScoreMatrix {
        var random = TestRandom(seed: seed)
        return try ScoreMatrix(
            rows: rows, experts: experts, values: (0..<rows * experts).map { _ in random.score() })
    }
}

/// Writes one score everywhere, exclusion or not, which a transform must not do.
private struct Overwriting: LogitTransform {
    let score: Float

    var reach: TransformReach { .choiceOnly }

    var expertCount: Int? { nil }

    func apply(to row: inout MutableSpan<Float>) {
        for expert in row.indices {
            row[expert] = score
        }
    }
}
