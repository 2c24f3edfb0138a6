import Core
import Gating

extension SeededRandom {
    /// A draw from the normal distribution of mean 0 and spread 1, by Marsaglia's polar method (1964); the second number
    /// that the method yields is thrown away, so that a draw depends on the generator only.
    package mutating func normal() -> Double {
        while true {
            let x = 2 * unit() - 1
            let y = 2 * unit() - 1
            let square = x * x + y * y
            if square > 0, square < 1 { return x * (-2 * naturalLogarithm(square) / square).squareRoot() }
        }
    }

    /// A draw from the gamma distribution of this shape and scale 1.
    ///
    /// Marsaglia and Tsang 2000: with d = shape − 1/3 and c = 1/√(9d), d (1 + c x)³ of a normal x is taken with probability
    /// exp(x²/2 + d − d v + d ln v), v = (1 + c x)³. A shape below 1 is drawn as shape + 1 and multiplied by u^(1/shape).
    package mutating func gamma(shape: Double) -> Double {
        precondition(shape > 0 && shape.isFinite, "a shape is positive")
        guard shape >= 1 else {
            let larger = gamma(shape: shape + 1)
            // 1 − u, so that the logarithm is finite.
            return larger * exponential(naturalLogarithm(1 - unit()) / shape)
        }
        let d = shape - 1 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            if naturalLogarithm(1 - unit()) < x * x / 2 + d - d * v + d * naturalLogarithm(v) { return d * v }
        }
    }

    /// A draw from the Beta distribution: x / (x + y) of two gamma draws.
    package mutating func beta(_ successes: Double, _ failures: Double) -> Double {
        let x = gamma(shape: successes)
        let y = gamma(shape: failures)
        // Two shapes near 0 may both come out as nothing.
        return x + y > 0 ? x / (x + y) : successes / (successes + failures)
    }
}
