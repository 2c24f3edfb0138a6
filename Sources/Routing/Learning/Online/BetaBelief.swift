/// What is believed of a chance of success: a Beta distribution, which counts successes and failures.
package struct BetaBelief: Sendable, Hashable {
    /// α, above 0.
    package private(set) var successes: Double
    /// β, above 0.
    package private(set) var failures: Double

    /// Keeps both counts at a hundredth at least: below that all of the belief lies at 0 or 1.
    package init(successes: Double, failures: Double) {
        self.successes = max(successes, 0.01)
        self.failures = max(failures, 0.01)
    }

    package var mean: Double { successes / (successes + failures) }

    /// Counts an outcome; a score between 0 and 1 is in part a success and in part a failure.
    package mutating func observe(_ score: Double) {
        successes += score
        failures += 1 - score
    }
}
