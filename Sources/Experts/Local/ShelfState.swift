/// What is decided about the models held ready: who gets one, which is loaded, which is put away to make room.
///
/// Laws: a model in use is never put away; models and those being loaded never take more than the limit; of models that
/// wait to be loaded the one asked for first is next; a model waits at most until those before it had their turns
/// (`ModelTurns`). While questions keep coming to the models that are there, they come first: a batch for two models
/// that do not fit together loads each once.
struct ShelfState<Key: Hashable & Sendable, Model: Sendable, Caller: Sendable> {
    /// What is to be done now, in this order.
    enum Step {
        case grant(Caller, Model)
        case refuse(Caller, any Error)
        case putAway(Model)
        case load(Key)
        /// Nothing happens until then, but time changes what is decided.
        case look(after: Duration)
    }

    /// A model that is ready, or being loaded.
    private struct Place {
        /// Nil while it is loaded.
        var model: Model?
        var bytes: Int
        var users = 0
        /// Number of its last grant.
        var lastUse = 0
        var readySince = Duration.zero
        /// Since when nobody uses it, if nobody does.
        var idleSince = Duration.zero
    }

    private struct Waiter {
        var ticket: Int
        var key: Key
        var bytes: Int
        var since: Duration
        var caller: Caller
    }

    private let limit: Int?
    private let turns: ModelTurns
    private var places: [Key: Place] = [:]
    /// In the order they came.
    private var waiting: [Waiter] = []
    private var uses = 0
    private(set) var statistics = LocalModelStatistics()

    /// - Parameter limit: bytes of all models together; nil for no limit.
    init(limit: Int?, turns: ModelTurns) {
        self.limit = limit
        self.turns = turns
    }

    var waitingCount: Int { waiting.count }

    /// False also while it is being loaded.
    func isReady(_ key: Key) -> Bool { places[key]?.model != nil }

    /// Every model that is ready.
    var models: [Model] { places.values.compactMap(\.model) }

    // MARK: What happens

    mutating func ask(_ key: Key, bytes: Int, ticket: Int, at now: Duration, caller: Caller) -> [Step] {
        waiting.append(Waiter(ticket: ticket, key: key, bytes: bytes, since: now, caller: caller))
        return settle(at: now)
    }

    /// Somebody who waits leaves. Nil if nobody waits under this ticket.
    mutating func leave(_ ticket: Int, at now: Duration) -> (caller: Caller, steps: [Step])? {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
        return (waiting.remove(at: index).caller, settle(at: now))
    }

    mutating func endUse(of key: Key, at now: Duration) -> [Step] {
        places[key]?.users -= 1
        places[key]?.idleSince = now
        return settle(at: now)
    }

    mutating func endLoad(of key: Key, _ result: Result<Model, any Error>, took: Duration, at now: Duration) -> [Step] {
        statistics.loads += 1
        statistics.loadSeconds += Double(took.components.seconds) + Double(took.components.attoseconds) * 1e-18
        switch result {
        case .success(let model):
            places[key]?.model = model
            places[key]?.readySince = now
            places[key]?.idleSince = now
            return settle(at: now)
        case .failure(let error):
            places[key] = nil
            let refused = waiting.filter { $0.key == key }
            waiting.removeAll { $0.key == key }
            return refused.map { .refuse($0.caller, error) } + settle(at: now)
        }
    }

    // MARK: What follows

    /// Whatever can be done now.
    mutating func settle(at now: Duration) -> [Step] {
        var steps: [Step] = []
        var closed: Set<Key> = []
        while let next = waiting.first(where: { places[$0.key] == nil }), let leaving = leaving(for: next.bytes) {
            let turnEnds = leaving.compactMap { places[$0] }.map { max(next.since, $0.readySince) + turns.patience }
            let isOver = turnEnds.allSatisfy { $0 <= now }
            let frees = leaving.compactMap { places[$0] }.map { free($0, isOver: isOver, at: now) }
            guard frees.allSatisfy({ $0 == .zero }) else {
                if isOver { closed = Set(leaving) }
                let ends = [turnEnds.max().map { $0 - now }, frees.compactMap { $0 }.max()]
                if let wait = ends.compactMap({ $0 }).filter({ $0 > .zero }).min() { steps.append(.look(after: wait)) }
                break
            }
            for key in leaving {
                if let model = places.removeValue(forKey: key)?.model { steps.append(.putAway(model)) }
                statistics.putAways += 1
            }
            places[next.key] = Place(bytes: next.bytes)
            steps.append(.load(next.key))
        }
        return steps + grants(except: closed)
    }

    /// How long until a model may leave: zero for now, nil for as long as it is used.
    private func free(_ place: Place, isOver: Bool, at now: Duration) -> Duration? {
        if place.users > 0 { return nil }
        return isOver ? .zero : max(.zero, place.idleSince + turns.linger - now)
    }

    /// Which models would have to leave for so many bytes: unused ones first, then those not asked for the longest. Nil
    /// if too little is ready to leave, since others are being loaded.
    private func leaving(for bytes: Int) -> [Key]? {
        guard let limit else { return [] }
        var missing = places.values.reduce(bytes) { $0 + $1.bytes } - limit
        var leaving: [Key] = []
        let ready = places.filter { $0.value.model != nil }
            .sorted { ($0.value.users > 0 ? 1 : 0, $0.value.lastUse) < ($1.value.users > 0 ? 1 : 0, $1.value.lastUse) }
        for (key, place) in ready {
            if missing <= 0 { break }
            leaving.append(key)
            missing -= place.bytes
        }
        return missing <= 0 ? leaving : nil
    }

    /// Everybody whose model is there, in the order they came.
    private mutating func grants(except closed: Set<Key>) -> [Step] {
        var steps: [Step] = []
        var left: [Waiter] = []
        for waiter in waiting {
            guard !closed.contains(waiter.key), let model = places[waiter.key]?.model else {
                left.append(waiter)
                continue
            }
            uses += 1
            places[waiter.key]?.users += 1
            places[waiter.key]?.lastUse = uses
            steps.append(.grant(waiter.caller, model))
        }
        waiting = left
        return steps
    }
}
