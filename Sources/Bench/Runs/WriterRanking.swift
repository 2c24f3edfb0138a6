import Core
import Pipeline

/// Settles who writes syntheses when a strategy names nobody, before a run starts: profiles and choices may change while
/// it is stopped.
///
/// As in the journey of one question: the writer chosen for the route, else the strongest of those recruited.
struct WriterRanking {
    let order: RunOrder
    let directory: ExpertDirectory
    let profiles: ProfileShelf
    let choices: (any ChoiceStore)?

    /// The key under which the writer chosen for a route is kept.
    static func key(_ route: RouteName) -> String { "writer/\(route)" }

    /// The order's strategy with its writers.
    ///
    /// - Parameter known: the run that is resumed; its writers stand.
    func settled(resuming known: Run?) async throws -> BenchStrategy {
        var strategy = order.strategy
        guard strategy.aggregation.method == .synthesis, strategy.aggregation.writer == nil else { return strategy }
        if let settings = known.flatMap({ RunSettings($0.settings) }) {
            strategy.aggregation.writer = settings.writer
            strategy.writers = settings.writers
        } else if let route = strategy.route, let kept = try await choices?.choice(Self.key(route)),
            directory[ExpertID(kept)] != nil
        {
            strategy.aggregation.writer = ExpertID(kept)
        } else {
            let book = profiles.snapshot.book
            strategy.writers = order.experts.enumerated()
                .map { (id: $1, rank: $0, strength: book.profile(of: $1).strength) }
                .sorted { ($0.strength, $1.rank) > ($1.strength, $0.rank) }.map(\.id)
        }
        return strategy
    }
}
