import Routing
import Support
import Testing

struct LogisticLineTests {
    /// One column of ones and next to no penalty: the weight is the log-odds of the share of yes, ln(3/1) = 1.0986.
    @Test func findsTheLogOddsOfAShare() {
        let line = LogisticLine(
            fitting: [1, 1, 1, 1], labels: [1, 1, 1, 0], start: [0], penalty: 1e-6)
        #expect(abs(line.weights[0] - 1.0986) < 1e-3)
        #expect(abs(line.probability([1]) - 0.75) < 1e-4)
    }

    /// Two groups: 1 of 4 and 3 of 4 say yes, so w₀ = 0 and w₁ = ln 3 for x = −1 and 1.
    @Test func findsASlope() {
        let line = LogisticLine(
            fitting: [1, -1, 1, -1, 1, -1, 1, -1, 1, 1, 1, 1, 1, 1, 1, 1], labels: [1, 0, 0, 0, 1, 1, 1, 0],
            start: [0, 0], penalty: 1e-6)
        #expect(abs(line.weights[0]) < 1e-3)
        #expect(abs(line.weights[1] - 1.0986) < 1e-3)
    }

    @Test func withoutRowsItStaysWhereItBegan() {
        #expect(LogisticLine(fitting: [], labels: [], start: [0, 1]).weights == [0, 1])
    }

    /// What could be told apart without error would have infinite weights; the penalty keeps them.
    @Test func staysFiniteWhereClassesNeverMix() {
        let line = LogisticLine(fitting: [-1, -1, 1, 1], labels: [0, 0, 1, 1], start: [0])
        #expect(line.weights[0] > 0.5 && line.weights[0] < 5)
    }

    /// At the optimum the slope is nothing: Σ (P − y) x + penalty (w − start) = 0.
    @Test(arguments: [1, 2, 3])
    func theSlopeIsLevelAtTheSolution(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let rows = (0..<50).flatMap { _ in [1, Double.random(in: -3...3, using: &random)] }
        let labels = (0..<50).map { _ in Float.random(in: 0...1, using: &random) }
        let line = LogisticLine(fitting: rows, labels: labels, start: [0, 1], penalty: 2)
        var slope = [2 * line.weights[0], 2 * (line.weights[1] - 1)]
        for row in labels.indices {
            let excess = line.probability(rows[2 * row..<2 * row + 2]) - Double(labels[row])
            slope[0] += excess
            slope[1] += excess * rows[2 * row + 1]
        }
        #expect(abs(slope[0]) < 1e-3)
        #expect(abs(slope[1]) < 1e-3)
    }
}
