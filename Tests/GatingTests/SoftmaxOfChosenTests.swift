import Gating
import Support
import Testing

struct SoftmaxOfChosenTests {
    /// exp(0) : exp(ln 2) : exp(ln 4) is 1 : 2 : 4 of 7.
    @Test func weighsBySoftmaxOfTheSeatsAlone() {
        let ln2 = Float(0.6931472)
        #expect(agree(weighed([2 * ln2, ln2, 0], by: SoftmaxOfChosen()), [4.0 / 7, 2.0 / 7, 1.0 / 7], within: 1e-6))
    }

    /// Of the logits ln 8, ln 2, ln 6, 0 the best two are 8 and 6, of 14; the other two have no part.
    @Test func whoIsNotChosenTakesNoShare() throws {
        let logits = ScoreMatrix(row: [2.0794415, 0.6931472, 1.7917595, 0])
        let gate = try Gate(normaliser: Identity(), selector: TopK(count: 2), weightPolicy: SoftmaxOfChosen())
        let selection = try gate.select(logits)
        #expect(selection.expert == [0, 2])
        #expect(agree(selection.weight, [8.0 / 14, 6.0 / 14], within: 1e-6))
    }

    /// Law: softmax of the chosen logits is the softmax over all, renormalised over the chosen (arXiv:2401.04088).
    @Test func equalsRenormalisingASoftmaxOverAll() throws {
        var random = TestRandom(seed: 41)
        for _ in 0..<300 {
            let count = 1 + Int(random.next() % 12)
            let scores = ScoreMatrix(row: (0..<count).map { _ in random.score() })
            let top = try TopK(count: 1 + Int(random.next() % UInt64(count)))
            let raw = try Gate(normaliser: Identity(), selector: top, weightPolicy: SoftmaxOfChosen()).select(scores)
            let shares = try Gate(selector: top, weightPolicy: Renormalise()).select(scores)
            #expect(raw.expert == shares.expert)
            #expect(agree(raw.weight, shares.weight, within: 1e-6))
        }
    }

    @Test func survivesScoresOfAnySize() {
        #expect(weighed([3e38, -3e38], by: SoftmaxOfChosen()) == [1, 0])
        #expect(weighed([-3e38, -3e38], by: SoftmaxOfChosen()) == [0.5, 0.5])
    }

    @Test func anEmptyRowStaysEmpty() {
        #expect(weighed([], by: SoftmaxOfChosen()).isEmpty)
    }
}
