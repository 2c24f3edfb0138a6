import Foundation
import Gating
import Support
import Testing

struct SigmoidTests {
    /// sigmoid(0) = 1/2; sigmoid(ln 3) = 3/4, since 1 / (1 + 1/3); sigmoid(-ln 3) = 1/4.
    @Test func scoresEachExpertOnItsOwn() {
        let ln3 = Float(1.0986123)
        #expect(agree(normalised([0, ln3, -ln3], by: Sigmoid()), [0.5, 0.75, 0.25], within: 1e-6))
    }

    @Test func agreesWithThePlainFormula() {
        var random = TestRandom(seed: 14)
        let row = (0..<500).map { _ in 5 * random.score() }
        let plain = row.map { Float(1 / (1 + Foundation.exp(-Double($0)))) }
        #expect(agree(normalised(row, by: Sigmoid()), plain, within: 1e-7))
    }

    @Test func staysBetweenZeroAndOneAndKeepsExclusion() {
        let row = normalised([1e30, -1e30, .infinity, -.infinity, .nan], by: Sigmoid())
        #expect(agree(row, [1, 0, 1, .nan, .nan], within: 0))
    }
}
