public import Core

/// Answers the lines of a batch by the same journeys as live questions, with their experts asked in turns.
///
/// Two things differ from a live question: no route's time runs out while a line waits for its turn, and what chance
/// decides follows from the batch and the line, so that a restart goes on with the same experts.
public struct BatchPipeline: BatchService {
    private let live: LiveParts
    private let store: any BatchStore

    public init(_ live: LiveParts, store: any BatchStore) {
        self.live = live
        self.store = store
    }

    public func together(
        _ lines: [BatchLine], of batch: String,
        _ work: @escaping @Sendable (BatchLine, any AnswerService) async -> Void
    ) async {
        let turns = ExpertTurns()
        var parts = live.current
        parts.directory = ExpertDirectory(
            parts.directory.experts.map { TurnTakingExpert($0, turns: turns, store: store, time: parts.time) },
            pauses: parts.directory.pauses)
        for index in parts.routes.indices { parts.routes[index].budget.time = nil }
        let service = SeededService(
            service: AnswerPipeline(parts),
            seededRoutes: Set(parts.routes.filter { $0.routing.seed != nil }.map(\.name.rawValue)))
        // All are there before the first one moves: no turn begins with half of them.
        let places = lines.map { TurnTakingExpert.Place(batch: batch, line: $0.index, traveller: turns.begin()) }
        await withTaskGroup(of: Void.self) { group in
            for (line, place) in zip(lines, places) {
                group.addTask {
                    await TurnTakingExpert.$place.withValue(place) { await work(line, service) }
                    turns.end(place.traveller)
                }
            }
        }
    }
}

/// Gives every question of a batch a seed of its own that a restart repeats.
private struct SeededService: AnswerService {
    let service: AnswerPipeline
    /// Routes with a seed of their own keep it.
    let seededRoutes: Set<String>

    func models() -> [ModelListing] { service.models() }

    func health() async -> [(expert: ExpertID, health: ExpertHealth)] { await service.health() }

    func decide(_ question: Question, model: String, wishes: Wishes) async throws -> Trace {
        try await service.decide(question, model: model, wishes: seeded(wishes, model))
    }

    func answer(
        _ question: Question, model: String, wishes: Wishes, delivery: Delivery
    ) async throws -> AnswerFlow {
        try await service.answer(question, model: model, wishes: seeded(wishes, model), delivery: delivery)
    }

    private func seeded(_ wishes: Wishes, _ model: String) -> Wishes {
        var wishes = wishes
        wishes.budget.time = nil
        guard wishes.seed == nil, !seededRoutes.contains(model), let place = TurnTakingExpert.place else {
            return wishes
        }
        let own = Fingerprint(of: place.batch, String(place.line)).seed
        let number = UInt64(place.occurrence(of: "seed"))
        wishes.seed = SeededRandom.derived(from: own, index: number) & ((1 << 53) - 1)
        return wishes
    }
}
