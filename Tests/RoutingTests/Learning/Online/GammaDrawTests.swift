import Core
import Routing
import Testing

struct GammaDrawTests {
    /// Mean and variance of a gamma distribution of scale 1 are both its shape; of 20,000 draws the mean is off by more than
    /// 5 √(shape / 20,000) once in a million times.
    @Test(arguments: [0.05, 0.5, 1, 1.5, 4, 50])
    func hasTheMeanAndSpreadOfItsShape(shape: Double) {
        var random = SeededRandom(seed: 1)
        let draws = (0..<20_000).map { _ in random.gamma(shape: shape) }
        let mean = draws.reduce(0, +) / 20_000
        let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
        #expect(draws.allSatisfy { $0 >= 0 && $0.isFinite })
        #expect(abs(mean - shape) < 5 * (shape / 20_000).squareRoot())
        #expect(abs(variance / shape - 1) < 0.2)
    }

    @Test func aNormalDrawHasMeanZeroAndSpreadOne() {
        var random = SeededRandom(seed: 2)
        let draws = (0..<20_000).map { _ in random.normal() }
        #expect(abs(draws.reduce(0, +) / 20_000) < 0.035)
        #expect(abs(draws.reduce(0) { $0 + $1 * $1 } / 20_000 - 1) < 0.05)
    }

    /// Beta(2, 6) has the mean 2/8 and the variance 2 · 6 / (8² · 9) = 1/48.
    @Test func aBetaDrawHasItsMeanAndVariance() {
        var random = SeededRandom(seed: 3)
        let draws = (0..<20_000).map { _ in random.beta(2, 6) }
        let mean = draws.reduce(0, +) / 20_000
        #expect(abs(mean - 0.25) < 0.006)
        #expect(abs(draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000 - 1 / 48) < 0.002)
        #expect(draws.allSatisfy { (0...1).contains($0) })
    }

    @Test func theSameSeedDrawsTheSame() {
        var once = SeededRandom(seed: 4)
        var again = SeededRandom(seed: 4)
        for _ in 0..<100 { #expect(once.beta(0.3, 7) == again.beta(0.3, 7)) }
    }
}
