import Foundation
import Gating
import Support
import Testing

struct SoftmaxTests {
    /// Differences of ln 2 double the share: 1 : 2 : 4 of 7.
    @Test func turnsDifferencesIntoRatios() {
        let ln2 = Float(0.6931472)
        let shares = normalised([0, ln2, 2 * ln2], by: Softmax())
        #expect(agree(shares, [1.0 / 7, 2.0 / 7, 4.0 / 7], within: 1e-6))
    }

    /// At τ = 0.5 the same differences count twice: 1 : 4 : 16 of 21.
    @Test func aLowerTemperatureSharpens() throws {
        let ln2 = Float(0.6931472)
        let shares = try normalised([0, ln2, 2 * ln2], by: Softmax(temperature: 0.5))
        #expect(agree(shares, [1.0 / 21, 4.0 / 21, 16.0 / 21], within: 1e-6))
    }

    @Test func agreesWithThePlainFormula() throws {
        var random = TestRandom(seed: 2)
        for temperature in [0.25, 1, 3] {
            let softmax = try Softmax(temperature: temperature)
            for _ in 0..<200 {
                let row = (0..<17).map { _ in random.score() }
                let powers = row.map { Foundation.exp(Double($0) / temperature) }
                let total = powers.reduce(0, +)
                #expect(agree(normalised(row, by: softmax), powers.map { Float($0 / total) }, within: 2e-7))
            }
        }
    }

    @Test func sumsToOneAndIgnoresAShiftOfAllScores() {
        var random = TestRandom(seed: 6)
        for _ in 0..<200 {
            let row = (0..<40).map { _ in random.score() }
            let shares = normalised(row, by: Softmax())
            #expect(abs(shares.reduce(0, +) - 1) < 1e-5)
            #expect(agree(normalised(row.map { $0 + 1000 }, by: Softmax()), shares, within: 1e-4))
        }
    }

    @Test func survivesScoresOfAnySize() {
        #expect(normalised([1e38, -1e38, 1e38], by: Softmax()) == [0.5, 0, 0.5])
        #expect(normalised([.infinity, 3, .infinity], by: Softmax()) == [0.5, 0, 0.5])
    }

    @Test func leavesExcludedExpertsOutOfTheSum() {
        let row = normalised([2, .nan, 2, -.infinity], by: Softmax())
        #expect(agree(row, [0.5, .nan, 0.5, .nan], within: 0))
        #expect(normalised([.nan, -.infinity], by: Softmax()).allSatisfy { $0.isNaN })
        #expect(normalised([], by: Softmax()).isEmpty)
    }

    @Test(arguments: [0, -1, .nan, .infinity, .leastNonzeroMagnitude])
    func refusesATemperatureThatIsNotAboveZero(temperature: Double) {
        let refusal = #expect(throws: GateRefusal.self) { try Softmax(temperature: temperature) }
        #expect(refusal?.subject == "Softmax.temperature")
    }
}
