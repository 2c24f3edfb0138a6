package import Core

/// How long to wait before a failed expert is tried again, where it does not say itself.
///
/// Exponential with full jitter: after n failed tries a wait is drawn from 0 to base · 2^(n - 1), at most `longest`.
package struct Backoff: Sendable {
    package var base: Duration = .milliseconds(250)
    package var longest: Duration = .seconds(8)

    package init() {}

    /// - Parameter tries: how many have failed, 1 or more.
    package func wait(after tries: Int, using random: inout SeededRandom) -> Duration {
        let ceiling = min(longest.seconds, base.seconds * Double(1 << min(max(0, tries - 1), 20)))
        return .seconds(ceiling * random.unit())
    }
}
