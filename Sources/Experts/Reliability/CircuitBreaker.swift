package import Core

/// Leaves an expert alone after repeated failures, and tries it again with one question.
///
/// closed → (5 failures in a row, or one that says when to come back) → open → (rest over) → half open: one
/// question, the probe, is let through. When its answer begins the breaker closes; if it fails before, the rest
/// doubles, from 1 s to at most 60 s. An answer that breaks off later is a failure like any other, and only one that
/// comes to its good end makes the rests short again.
/// An expert that is asked too often (429) is well: it is paused for as long as it says, and then there for all again.
/// Refusals do not count: there the question or the settings are at fault, and the next question may be fine.
package struct CircuitBreaker: Sendable {
    package enum State: Equatable, Sendable {
        case closed
        case open(until: TimeSource.Instant)
        /// It wants to be left alone until then, and nothing else is known against it.
        case paused(until: TimeSource.Instant)
        /// The probe is on its way; others wait for what becomes of it.
        case halfOpen
    }

    /// What a question was let through as; its outcome is judged by that, because calls end in any order.
    package enum Pass: Sendable { case normal, probe }

    /// Failures in a row before a rest.
    package static let patience = 5
    package static let shortestRest = Duration.seconds(1)
    package static let longestRest = Duration.seconds(60)

    package private(set) var state = State.closed
    /// What went wrong last, in words.
    package private(set) var lastReason = ""
    private var failures = 0
    private var nextRest = Self.shortestRest

    package init() {}

    /// Lets a question pass, or not: nil while the expert rests.
    package mutating func admit(at now: TimeSource.Instant) -> Pass? {
        switch state {
        case .closed: return .normal
        case .halfOpen: return nil
        case .open(let until):
            guard until.offset <= now.offset else { return nil }
            state = .halfOpen
            return .probe
        case .paused(let until):
            guard until.offset <= now.offset else { return nil }
            state = .closed
            return .normal
        }
    }

    /// How long until a question may pass; nil if one may now.
    package func wait(at now: TimeSource.Instant) -> Duration? {
        switch state {
        case .closed: nil
        case .halfOpen: Self.shortestRest
        case .open(let until), .paused(let until): until.offset > now.offset ? until.offset - now.offset : nil
        }
    }

    /// The first of an answer came.
    package mutating func begin(_ pass: Pass) {
        guard state == .halfOpen, pass == .probe else { return }
        state = .closed
        failures = 0
    }

    /// A call came to its good end.
    package mutating func succeed(_ pass: Pass) {
        // A call from before the rest says nothing about now.
        if state == .closed || (state == .halfOpen && pass == .probe) { self = CircuitBreaker() }
    }

    /// The caller left before anything was known: the next question may be the probe.
    package mutating func abandon(_ pass: Pass, at now: TimeSource.Instant) {
        if state == .halfOpen, pass == .probe { state = .open(until: now) }
    }

    /// A call failed.
    package mutating func fail(_ pass: Pass, _ fault: Fault, at now: TimeSource.Instant) {
        // The question's time was over, or it was never sent: that says nothing about the expert.
        guard fault.code != .overBudget, fault.code != .unsupported else { return abandon(pass, at: now) }
        guard fault.code.blamesExpert, fault.code != .expertRefused else { return succeed(pass) }
        if let asked = fault.retryAfterSeconds, asked > 0 {
            lastReason = fault.inOwnWords.found
            return rest(until: now.offset + .seconds(asked), isLimited: fault.code == .expertLimited)
        }
        switch (state, pass) {
        case (.closed, _): failures += 1
        case (.halfOpen, .probe): break
        default: return  // one of several that failed together is enough
        }
        lastReason = fault.inOwnWords.found
        guard state == .halfOpen || failures >= Self.patience else { return }
        state = .open(until: .init(offset: now.offset + nextRest))
        nextRest = min(nextRest * 2, Self.longestRest)
    }

    /// As the expert wishes; a shorter wish does not bring the end of an earlier one nearer.
    private mutating func rest(until end: Duration, isLimited: Bool) {
        switch state {
        case .open(let earlier): state = .open(until: .init(offset: max(earlier.offset, end)))
        case .paused(let earlier) where isLimited: state = .paused(until: .init(offset: max(earlier.offset, end)))
        case .closed where isLimited, .halfOpen where isLimited: state = .paused(until: .init(offset: end))
        case .closed, .halfOpen, .paused: state = .open(until: .init(offset: end))
        }
    }
}
