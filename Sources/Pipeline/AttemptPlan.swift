package import Core

/// The one owner of tries: which expert is asked next for one answer, after which wait, and when it is enough.
///
/// The rules, in order. What is the question's fault (or its budget's) ends it; what this expert only cannot take, the
/// next may. A failure that may pass is tried again on the same expert, as often as its card allows; a timeout or a
/// refusal never is. A wait the expert asks for is
/// honoured, unless another expert is untried and it is longer than `patience`: then that one is asked. When all
/// have been asked, whoever is back first is waited for. No wait is longer than `longestWait` or reaches the deadline, and
/// every try but an expert's first costs one of the question's `RetryBudget`.
///
/// A value that asks nobody: the same faults at the same times give the same plan.
package struct AttemptPlan: Sendable {
    /// An expert that may answer.
    package struct Candidate: Sendable, Hashable {
        package var expert: ExpertID
        package var role: Attempt.Role
        /// Further tries on it.
        package var retries: Int

        package init(_ expert: ExpertID, role: Attempt.Role, retries: Int) {
            self.expert = expert
            self.role = role
            self.retries = retries
        }
    }

    /// One try.
    package struct Try: Sendable, Hashable {
        /// Which candidate.
        package var place: Int
        package var expert: ExpertID
        package var role: Attempt.Role
        package var reason: Attempt.Reason
        /// How long to wait before asking.
        package var wait: Duration
    }

    package enum Step: Sendable, Hashable {
        case ask(Try)
        /// It is enough; `failure` says why.
        case stop
    }

    /// What is known of one candidate.
    private struct Course: Sendable {
        var candidate: Candidate
        var isAsked = false
        /// Tries that failed. Being turned away by its breaker is none.
        var tries = 0
        var faults: [Fault] = []
        /// When it may be asked again; nil for not at all.
        var returns: TimeSource.Instant?
    }

    /// A longer wait is not made while another expert is untried.
    package static let patience = Duration.seconds(2)
    /// A longer wait is not made at all.
    package static let longestWait = Duration.seconds(30)

    private var courses: [Course]
    private let retries: RetryBudget
    private let deadline: TimeSource.Instant?
    private var hedgesLeft: Int
    private let backoff = Backoff()
    private var random: SeededRandom
    private var last: Fault?

    /// - Parameters:
    ///   - candidates: in the order in which they are asked; at least one.
    ///   - retries: shared by all plans of a question.
    ///   - deadline: when the question's time is over; nil for never.
    ///   - hedges: tries that may be made beside one that is slow.
    ///   - seed: of the jitter.
    package init(
        _ candidates: [Candidate], retries: RetryBudget, deadline: TimeSource.Instant? = nil, hedges: Int = 0,
        seed: UInt64
    ) {
        courses = candidates.map { Course(candidate: $0) }
        self.retries = retries
        self.deadline = deadline
        hedgesLeft = hedges
        random = SeededRandom(seed: seed)
    }

    /// The first try.
    package mutating func begin() -> Step {
        courses.isEmpty ? .stop : .ask(tries(0, .first, after: .zero))
    }

    /// What follows a try that failed.
    package mutating func next(after fault: Fault, of failed: Try, at now: TimeSource.Instant) -> Step {
        note(fault, of: failed, at: now)
        guard fault.code.isOfOneExpert else { return .stop }
        let untried = courses.firstIndex { !$0.isAsked }
        let limit = untried == nil ? Self.longestWait : Self.patience
        if fault.code.mayPass, let wait = wait(for: failed.place, at: now, upTo: limit), retries.take() {
            return .ask(tries(failed.place, .retry, after: wait))
        }
        if let untried { return .ask(tries(untried, .failover, after: .zero)) }
        let back = courses.indices
            .compactMap { place in wait(for: place, at: now, upTo: Self.longestWait).map { (place, $0) } }
            .min { $0.1 < $1.1 }
        guard let (place, wait) = back, retries.take() else { return .stop }
        return .ask(tries(place, .recovery, after: wait))
    }

    /// A fault of a try that another one has overtaken: it counts, but nothing follows from it.
    package mutating func note(_ fault: Fault, of failed: Try, at now: TimeSource.Instant) {
        last = fault
        courses[failed.place].faults.append(fault)
        if fault.code != .expertResting { courses[failed.place].tries += 1 }
        courses[failed.place].returns = pause(after: fault, tries: courses[failed.place].tries)
            .map { TimeSource.Instant(offset: now.offset + $0) }
    }

    /// A try to be made beside one that is slow: on an expert that is untried, else on the same; nil if no more may be.
    package mutating func hedge(beside slow: Try) -> Try? {
        guard hedgesLeft > 0 else { return nil }
        hedgesLeft -= 1
        return tries(courses.firstIndex { !$0.isAsked } ?? slow.place, .hedge, after: .zero)
    }

    /// What to say when no expert answered: the fault of the only one that was asked, else all of them.
    package func failure(of subject: String, at now: TimeSource.Instant) -> Fault {
        var failed = courses.filter { !$0.faults.isEmpty }.map { Self.merged($0.faults) }
        if var last, !last.code.isOfOneExpert || failed.allSatisfy({ $0.code == last.code && !$0.code.blamesExpert }) {
            // The question's own fault or its budget's ended it; what came before led to it.
            if let index = failed.lastIndex(where: { $0.subject == last.subject && $0.found == last.found }) {
                failed.remove(at: index)
            }
            last.causes += failed
            return last
        }
        if failed.count == 1, let only = failed.first { return only }
        // Only what an expert said itself: a client that came back after our own short pauses would multiply tries.
        let waits = courses.filter { $0.faults.last?.retryAfterSeconds ?? 0 > 0 }.compactMap(\.returns)
            .map { max(0, ($0.offset - now.offset).seconds) }
        return Fault(
            .noExpert, subject, "every recruited expert failed",
            hint: "muster expert test shows what each one does; a route's fallback is asked in such a case",
            causes: failed, retryAfterSeconds: waits.min())
    }

    private mutating func tries(_ place: Int, _ reason: Attempt.Reason, after wait: Duration) -> Try {
        courses[place].isAsked = true
        let candidate = courses[place].candidate
        return Try(place: place, expert: candidate.expert, role: candidate.role, reason: reason, wait: wait)
    }

    /// The wait until a candidate may be asked once more; nil if it may not, or not soon enough.
    private func wait(for place: Int, at now: TimeSource.Instant, upTo limit: Duration) -> Duration? {
        let course = courses[place]
        guard course.tries <= course.candidate.retries, let returns = course.returns else { return nil }
        let wait = max(.zero, returns.offset - now.offset)
        guard wait <= limit else { return nil }
        if let deadline, now.offset + wait >= deadline.offset { return nil }
        return wait
    }

    /// How long an expert is left alone after a fault; nil for good.
    private mutating func pause(after fault: Fault, tries: Int) -> Duration? {
        guard fault.code.mayPass || fault.code == .expertResting else { return nil }
        // Who says "at once" is left alone for a moment all the same.
        if let asked = fault.retryAfterSeconds, asked > 0 { return .seconds(min(asked, 86_400)) }
        return backoff.wait(after: tries, using: &random)
    }

    /// The last fault, with those of the tries before it.
    private static func merged(_ faults: [Fault]) -> Fault {
        guard faults.count > 1, var last = faults.last else { return faults[0] }
        last.causes += faults.dropLast()
        last.found += " (the last of \(faults.count) tries)"
        return last
    }
}
