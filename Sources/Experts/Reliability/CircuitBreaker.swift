import Core

/// Leaves an expert alone after repeated failures, and tries it again with one question.
///
/// closed → (5 failures in a row, or a Retry-After) → open → (rest over) → half open: one question is let through; if it
/// succeeds the breaker closes, if it fails the rest doubles, from 1 s to at most 60 s.
struct CircuitBreaker: Sendable {
    enum State: Equatable, Sendable {
        case closed
        case open(until: TimeSource.Instant)
        /// One question is on its way; others wait for what becomes of it.
        case halfOpen
    }

    static let patience = 5
    static let shortestRest = Duration.seconds(1)
    static let longestRest = Duration.seconds(60)

    private(set) var state = State.closed
    private var failures = 0
    private var rest = Self.shortestRest
    private(set) var lastReason = ""

    /// Whether a question may pass now; asking takes the half-open place.
    mutating func mayPass(at now: TimeSource.Instant) -> Bool {
        switch state {
        case .closed: return true
        case .halfOpen: return false
        case .open(let until):
            guard until.offset <= now.offset else { return false }
            state = .halfOpen
            return true
        }
    }

    /// How long until a question may pass; nil if one may now.
    func wait(at now: TimeSource.Instant) -> Duration? {
        switch state {
        case .closed: nil
        case .halfOpen: Self.shortestRest
        case .open(let until): until.offset > now.offset ? until.offset - now.offset : nil
        }
    }

    mutating func succeed() { self = CircuitBreaker() }

    /// The caller left before anything was known.
    mutating func abandon(at now: TimeSource.Instant) {
        if state == .halfOpen { state = .open(until: now) }
    }

    mutating func fail(_ fault: Fault, at now: TimeSource.Instant) {
        guard fault.code.blamesExpert, fault.code != .expertRefused else {
            // The question was at fault, so the expert is well.
            if state == .halfOpen { succeed() }
            return
        }
        failures += 1
        lastReason = fault.found
        if let asked = fault.retryAfterSeconds, asked > 0 {
            state = .open(until: .init(offset: now.offset + .seconds(asked)))
        } else if state == .halfOpen || failures >= Self.patience {
            state = .open(until: .init(offset: now.offset + rest))
            rest = min(rest * 2, Self.longestRest)
        }
    }
}
