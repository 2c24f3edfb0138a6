import Synchronization

/// How many further tries one question has left, over all its experts and seats together: whoever wants to try again
/// takes one from here.
package final class RetryBudget: Sendable {
    private let remaining: Mutex<Int>

    package init(_ tries: Int) { remaining = Mutex(max(0, tries)) }

    package var left: Int { remaining.withLock { $0 } }

    /// Takes a try; false if none is left.
    package func take() -> Bool {
        remaining.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
