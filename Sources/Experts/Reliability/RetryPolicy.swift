package import Core

/// Decides whether a failed call is tried again, and after which wait.
///
/// Exponential backoff with full jitter: after n failed tries a wait is drawn from 0 to base · 2^(n - 1), at most
/// `longest`. A server's own Retry-After is honoured if it is not too long to wait for.
package struct RetryPolicy: Sendable {
    package var retries: Int
    package var base: Duration = .milliseconds(250)
    package var longest: Duration = .seconds(8)
    /// A longer Retry-After ends the tries.
    package var longestAskedFor: Duration = .seconds(30)

    /// - Parameter retries: further tries after the first.
    package init(retries: Int) { self.retries = retries }

    /// The wait before the next try; nil if there is none.
    ///
    /// - Parameter tries: how many have failed, this one included.
    package func wait(after fault: Fault, tries: Int, using random: inout SeededRandom) -> Duration? {
        guard tries <= retries, fault.code.mayPass else { return nil }
        if let asked = fault.retryAfterSeconds {
            return asked <= longestAskedFor.seconds ? .seconds(asked) : nil
        }
        let ceiling = min(longest.seconds, base.seconds * Double(1 << min(tries - 1, 20)))
        return .seconds(ceiling * random.unit())
    }
}
