/// Decides whose turn it is on a server that holds only so many models at a time.
///
/// Questions for a model that is there go first, whoever came before: switching costs more than waiting. A model leaves
/// when nobody needs it any more, or when a question for another has waited `maxWait` and the model has been there for
/// `loadCost`; then it gets no new questions, those it has are finished (a swap aborts nothing), and the expert of the
/// oldest question is loaded, with all that wait for it. So nobody waits longer than `maxWait`, `loadCost` and the answers
/// under way, for each model that is before it.
///
/// Source: same-expert queueing as CoServe describes it for Composition of Experts (arXiv:2412.01868), with a bound on
/// waiting, which is ours. A value that asks nobody: the same events at the same times give the same turns.
public struct SwapSchedule: Sendable {
    /// A question whose turn it is.
    public struct Turn: Sendable, Hashable {
        public var ticket: Int
        public var expert: ExpertID
        /// True for the first question after a model had to be loaded.
        public var loads: Bool

        public init(ticket: Int, expert: ExpertID, loads: Bool) {
            self.ticket = ticket
            self.expert = expert
            self.loads = loads
        }
    }

    private struct Waiting {
        var ticket: Int
        var expert: ExpertID
        var since: TimeSource.Instant
    }

    /// A model that is there.
    private struct Held {
        var expert: ExpertID
        var loaded: TimeSource.Instant
        var active = 0
        var lastUse: TimeSource.Instant
    }

    private let spec: BackendSpec
    private var held: [Held] = []
    /// In the order of arrival.
    private var waiting: [Waiting] = []
    /// How many models have been loaded.
    public private(set) var loads = 0

    public init(_ spec: BackendSpec) { self.spec = spec }

    /// How many wait for their model.
    public var waitingCount: Int { waiting.count }
    /// How many questions stand before a ticket, itself included; nil if it does not wait.
    public func position(of ticket: Int) -> Int? { waiting.firstIndex { $0.ticket == ticket }.map { $0 + 1 } }
    /// The experts whose models are there.
    public var experts: [ExpertID] { held.map(\.expert) }

    /// A question comes; returns those whose turn it is now.
    public mutating func arrive(_ ticket: Int, for expert: ExpertID, at now: TimeSource.Instant) -> [Turn] {
        waiting.append(Waiting(ticket: ticket, expert: expert, since: now))
        return turns(at: now)
    }

    /// A question that had its turn is answered, or given up.
    public mutating func leave(_ expert: ExpertID, at now: TimeSource.Instant) -> [Turn] {
        if let index = held.firstIndex(where: { $0.expert == expert }) {
            held[index].active -= 1
            held[index].lastUse = now
        }
        return turns(at: now)
    }

    /// A question that waits is given up.
    public mutating func abandon(_ ticket: Int, at now: TimeSource.Instant) -> [Turn] {
        waiting.removeAll { $0.ticket == ticket }
        return turns(at: now)
    }

    private mutating func turns(at now: TimeSource.Instant) -> [Turn] {
        var turns: [Turn] = []
        let leaving = leavingExpert(at: now)
        for model in held where model.expert != leaving { turns += take(model.expert, loads: false, at: now) }
        while let next = waiting.first(where: { question in !held.contains { $0.expert == question.expert } }) {
            if held.count >= spec.holds {
                // Nothing under way is broken off.
                let idle = held.filter { model in
                    model.active == 0
                        && (model.expert == leaving || !waiting.contains { $0.expert == model.expert })
                }
                guard let victim = idle.min(by: { $0.lastUse.offset < $1.lastUse.offset }) else { break }
                held.removeAll { $0.expert == victim.expert }
            }
            held.append(Held(expert: next.expert, loaded: now, lastUse: now))
            loads += 1
            turns += take(next.expert, loads: true, at: now)
        }
        return turns
    }

    /// The model that has to make room for a question that has waited too long; nil if none has.
    private func leavingExpert(at now: TimeSource.Instant) -> ExpertID? {
        guard held.count >= spec.holds,
            let oldest = waiting.first(where: { question in !held.contains { $0.expert == question.expert } }),
            now.offset - oldest.since.offset >= spec.maxWait
        else { return nil }
        return held.filter { now.offset - $0.loaded.offset >= spec.loadCost }
            .min { ($0.active, $0.loaded.offset) < ($1.active, $1.loaded.offset) }?.expert
    }

    private mutating func take(_ expert: ExpertID, loads: Bool, at now: TimeSource.Instant) -> [Turn] {
        let mine = waiting.filter { $0.expert == expert }
        guard !mine.isEmpty, let index = held.firstIndex(where: { $0.expert == expert }) else { return [] }
        waiting.removeAll { $0.expert == expert }
        held[index].active += mine.count
        held[index].lastUse = now
        return mine.enumerated().map { Turn(ticket: $1.ticket, expert: expert, loads: loads && $0 == 0) }
    }
}
