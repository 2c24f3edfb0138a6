import Aggregation
public import Core
import Routing
import Synchronization

/// Asks a second expert about a share of the questions that were answered, off their way, and keeps whether it agrees: so
/// profiles stay fresh also for experts that are seldom recruited.
///
/// Nobody waits for it and no client's key is charged: it has a budget of its own, by the day. The expert of which least
/// is known in the needed skills is asked most likely, and only while it has a place free that nobody waits for.
public final class ShadowSampler: Sendable {
    private struct Spent {
        /// The day (UTC) it was spent on; nil before anything is known.
        var day: Int?
        var calls = 0
        /// What calls under way may cost is among it.
        var dollars = 0.0
    }

    private let live: LiveParts
    private let store: any ShadowStore
    private let finished: @Sendable (ShadowAnswer) -> Void
    private let spent = Mutex(Spent())
    private let running = Mutex(0)

    /// - Parameter finished: hears of every answer that was kept.
    public init(
        _ live: LiveParts, store: any ShadowStore, finished: @escaping @Sendable (ShadowAnswer) -> Void = { _ in }
    ) {
        self.live = live
        self.store = store
        self.finished = finished
    }

    /// Whether anybody may be asked at all.
    var isOn: Bool { live.pipeline.parts.shadow != nil }

    /// An answer was given: perhaps a second expert is asked about its question.
    ///
    /// - Returns: the work that was begun, for tests; nil if nobody is asked.
    @discardableResult
    func consider(_ question: Question, _ answer: Answer, _ trace: Trace) -> Task<Void, Never>? {
        let parts = live.current
        guard let policy = parts.shadow, takes(policy, trace, parts), question.output.wantsOneVoice == nil,
            Double(parts.entropy() >> 11) * 0x1p-53 < policy.share, enter(upTo: policy.concurrent)
        else { return nil }
        // Detached: nothing that belongs to the client's request, its key above all, goes along.
        return Task.detached { [self] in
            await ask(question, answer, trace, parts, policy)
            running.withLock { $0 -= 1 }
        }
    }

    private func takes(_ policy: ShadowPolicy, _ trace: Trace, _ parts: PipelineParts) -> Bool {
        guard [.complete, .failedOver].contains(trace.outcome), !trace.attempts.isEmpty else { return false }
        let name = RouteName(trace.route)
        return policy.routes.isEmpty
            ? parts.routes.contains { $0.name == name } : policy.routes.contains(name)
    }

    private func enter(upTo most: Int) -> Bool {
        running.withLock { running in
            guard running < most else { return false }
            running += 1
            return true
        }
    }

    private func ask(
        _ question: Question, _ answer: Answer, _ trace: Trace, _ parts: PipelineParts, _ policy: ShadowPolicy
    ) async {
        guard let expert = await second(for: question, trace, parts, policy) else { return }
        let most = Usage(
            promptTokens: question.estimatedTokens,
            completionTokens: question.sampling.maximumTokens ?? BudgetMeter.assumedAnswer)
        let reserved = expert.card.price.dollars(for: most)
        guard await reserve(reserved, policy, at: parts.time.timestamp()) else { return }
        let started = parts.time.now()
        var outcome = ShadowAnswer.Outcome.failed
        var usage = Usage()
        if let said = try? await expert.answer(question, time: parts.time) {
            usage = said.usage
            outcome = Self.compare(said.text, with: answer.text, question.shape)
        }
        let dollars = expert.card.price.dollars(for: usage)
        spent.withLock { $0.dollars += dollars - reserved }
        var seen: Set<SkillName> = []
        let shadow = ShadowAnswer(
            trace: trace.id, at: parts.time.timestamp(), expert: expert.card.id,
            skills: trace.need.skills.filter { seen.insert($0).inserted }, outcome: outcome,
            sureness: Self.sureness(of: trace.verdict), seconds: parts.time.seconds(since: started), usage: usage,
            dollars: dollars)
        // What cannot be kept is lost: nobody waits for it.
        guard (try? await store.add(shadow)) != nil else { return }
        finished(shadow)
    }

    /// Somebody who was not asked, drawn in favour of those of whom least is known.
    private func second(
        for question: Question, _ trace: Trace, _ parts: PipelineParts, _ policy: ShadowPolicy
    ) async -> (any Expert)? {
        let route = parts.routes.first { $0.name.rawValue == trace.route }
        let asked = Set(trace.attempts.map(\.expert))
        let states = await parts.directory.states(of: policy.experts.isEmpty ? route?.experts ?? [] : policy.experts)
        let candidates = EligibilityFilter(parts.capabilities.book).split(states, for: question).eligible
            .filter { !asked.contains($0.id) }.compactMap { parts.directory[$0.id] }.filter(Self.isFree)
        guard !candidates.isEmpty else { return nil }
        let book = parts.profiles.snapshot.book
        let weights = candidates.map { expert in
            let records = book.profile(of: expert.card.id).records
            return 1 / (1 + trace.need.skills.reduce(0) { $0 + (records[$1]?.count ?? 0) })
        }
        var random = SeededRandom(seed: parts.entropy())
        var rest = random.unit() * weights.reduce(0, +)
        for (expert, weight) in zip(candidates, weights) {
            rest -= weight
            if rest < 0 { return expert }
        }
        return candidates.last
    }

    /// Those who ask for themselves come first.
    private static func isFree(_ expert: any Expert) -> Bool {
        guard let load = expert.load else { return true }
        return load.waiting == 0 && load.active < load.places
    }

    /// True if the day's budget holds it; it is then set aside.
    private func reserve(_ dollars: Double, _ policy: ShadowPolicy, at now: Timestamp) async -> Bool {
        let today = CalendarDay(of: now)
        if spent.withLock({ $0.day != today.number }) {
            // What was spent before a restart counts.
            guard let known = try? await store.shadowSpending(since: today.start) else { return false }
            spent.withLock { spent in
                if spent.day != today.number {
                    spent = Spent(day: today.number, calls: known.calls, dollars: known.dollars)
                }
            }
        }
        return spent.withLock { spent in
            guard spent.calls < policy.callsPerDay, spent.dollars + dollars <= policy.dollarsPerDay else {
                return false
            }
            spent.calls += 1
            spent.dollars += dollars
            return true
        }
    }

    /// Whether two texts give the same final answer, where both give one that can be compared.
    static func compare(_ said: String, with given: String, _ shape: AnswerShape) -> ShadowAnswer.Outcome {
        let settled = shape.settled(by: [given, said])
        guard settled != .automatic else { return .ungraded }
        let extraction = AnswerExtraction(shape: settled)
        guard let known = extraction.extract(from: given), let found = extraction.extract(from: said) else {
            return .ungraded
        }
        return known == found ? .agrees : .differs
    }

    /// One expert alone may be wrong as well as the second.
    private static func sureness(of verdict: Verdict?) -> Double {
        guard let verdict, verdict.ballots.reduce(0, { $0 + $1.experts.count }) > 1 else { return 0.5 }
        return verdict.agreement
    }
}
