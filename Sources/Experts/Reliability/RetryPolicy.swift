import Core

/// Decides whether a failed call is tried again, and after which wait.
///
/// Exponential backoff with full jitter: a wait is drawn from 0 to base · 2^try, at most `longest`. A server's own
/// Retry-After is honoured if it is not too long to wait for.
struct RetryPolicy: Sendable {
    var retries: Int
    var base: Duration = .milliseconds(250)
    var longest: Duration = .seconds(8)
    /// A longer Retry-After ends the tries.
    var longestAskedFor: Duration = .seconds(30)

    /// The wait before the next try; nil if there is none.
    ///
    /// - Parameter tries: how many have failed, this one included.
    func wait(after fault: Fault, tries: Int, using random: inout SeededRandom) -> Duration? {
        guard tries <= retries, fault.code.mayPass else { return nil }
        if let asked = fault.retryAfterSeconds {
            return asked <= longestAskedFor.seconds ? .seconds(asked) : nil
        }
        let ceiling = min(longest.seconds, base.seconds * Double(1 << min(tries - 1, 20)))
        return .seconds(ceiling * random.unit())
    }
}
