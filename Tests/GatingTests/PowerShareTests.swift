import Foundation
import Gating
import Support
import Testing

struct PowerShareTests {
    /// Symbolic-MoE's general strength at τ = 0.5: squares 1, 4, 9 of 14.
    @Test func squaresAtHalfTemperature() throws {
        let shares = try normalised([1, 2, 3], by: PowerShare(temperature: 0.5))
        #expect(agree(shares, [1.0 / 14, 4.0 / 14, 9.0 / 14], within: 1e-7))
    }

    /// At τ = 2 the square roots 1, 2, 3 of 6.
    @Test func takesRootsAboveOne() throws {
        let shares = try normalised([1, 4, 9], by: PowerShare(temperature: 2))
        #expect(agree(shares, [1.0 / 6, 2.0 / 6, 3.0 / 6], within: 1e-7))
    }

    @Test func isTheLinearShareAtTemperatureOne() throws {
        var random = TestRandom(seed: 19)
        let row = (0..<25).map { _ in random.score() }
        #expect(
            agree(
                try normalised(row, by: PowerShare(temperature: 1)), normalised(row, by: LinearShare()), within: 1e-7))
    }

    @Test func agreesWithThePlainFormula() throws {
        var random = TestRandom(seed: 23)
        for temperature in [0.2, 0.5, 1.7] {
            let row = (0..<25).map { _ in abs(random.score()) }
            let powers = row.map { Foundation.pow(Double($0), 1 / temperature) }
            let total = powers.reduce(0, +)
            let shares = try normalised(row, by: PowerShare(temperature: temperature))
            #expect(agree(shares, powers.map { Float($0 / total) }, within: 2e-7))
        }
    }

    @Test func survivesPowersBeyondEveryRange() throws {
        let shares = try normalised([1e30, 1e30, 1e-30, 0, -1, .nan], by: PowerShare(temperature: 0.01))
        #expect(agree(shares, [0.5, 0.5, 0, 0, 0, .nan], within: 0))
        #expect(try normalised([0, 0], by: PowerShare(temperature: 0.5)) == [0, 0])
    }

    @Test(arguments: [0, -0.5, .nan, .infinity])
    func refusesATemperatureThatIsNotAboveZero(temperature: Double) {
        let refusal = #expect(throws: GateRefusal.self) { try PowerShare(temperature: temperature) }
        #expect(refusal?.subject == "PowerShare.temperature")
    }
}
