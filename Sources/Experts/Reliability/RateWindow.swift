package import Core

/// What is left of a server's rate limit: what its headers last said, less what has been sent since.
package struct RateWindow: Sendable, Hashable {
    private struct Count: Hashable {
        var left: Int
        var limit: Int?
        var resets: TimeSource.Instant
    }

    private var requests: Count?
    private var tokens: Count?

    package init() {}

    /// Takes in what a response says. A window without a reset cannot be waited for, and is left out.
    package mutating func note(_ allowance: RateAllowance, at now: TimeSource.Instant) {
        requests = Self.count(allowance.requests, at: now) ?? requests
        tokens = Self.count(allowance.tokens, at: now) ?? tokens
    }

    /// How long until a call of so many tokens may be sent; nil if it may now, and is counted.
    package mutating func wait(toSend needed: Int, at now: TimeSource.Instant) -> Duration? {
        if let resets = requests?.resets, resets.offset <= now.offset { requests = nil }
        if let resets = tokens?.resets, resets.offset <= now.offset { tokens = nil }
        var wait: Duration?
        if let requests, requests.left < 1 { wait = requests.resets.offset - now.offset }
        // What is larger than the whole window would wait for ever: the server decides.
        if let tokens, tokens.left < needed, needed <= tokens.limit ?? .max {
            wait = max(wait ?? .zero, tokens.resets.offset - now.offset)
        }
        guard wait == nil else { return wait }
        requests?.left -= 1
        tokens?.left -= needed
        return nil
    }

    /// How long until any call may be sent; nil if one may now.
    package func rest(at now: TimeSource.Instant) -> Duration? {
        guard let requests, requests.left < 1, requests.resets.offset > now.offset else { return nil }
        return requests.resets.offset - now.offset
    }

    private static func count(_ window: RateAllowance.Window, at now: TimeSource.Instant) -> Count? {
        guard let left = window.remaining, let reset = window.resetSeconds, reset >= 0 else { return nil }
        return Count(left: left, limit: window.limit, resets: .init(offset: now.offset + .seconds(reset)))
    }
}
