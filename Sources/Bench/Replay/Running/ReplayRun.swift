public import Core
import Routing

/// Replays recorded outcomes: every strategy on every fold, side by side on as many cores as there are.
public struct ReplayRun: Sendable {
    /// How far it is: folds of strategies done, of all.
    public struct Progress: Sendable {
        public var strategy: String
        public var done: Int
        public var all: Int
    }

    private let population: Population
    private let settings: ReplaySettings
    private let time: TimeSource

    /// Throws a `Fault` if an expert is not recorded, or several seats are asked of files without answers.
    public init(_ recorded: RecordedOutcomes, settings: ReplaySettings, time: TimeSource) throws {
        population = try Population(recorded, choice: settings.experts)
        self.settings = settings
        self.time = time
        if settings.seats.contains(where: { $0 > 1 }), !recorded.table.outcomes.contains(where: { $0.answer >= 0 }) {
            throw Fault(
                .invalidSettings, "--seats", "several answers can only be aggregated where the answers are recorded",
                expected: "An \"answer\" beside each \"score\"; these files have none",
                hint: "Replay with --seats 1")
        }
    }

    public func run(
        workers: Int = 2, progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws -> ReplayFindings {
        let folds = try settings.folds.folds(
            of: population.questions, in: population.recorded.table, most: settings.mostLearned, seed: settings.seed)
        let jobs = settings.strategies.indices.flatMap { strategy in folds.indices.map { (strategy, $0) } }
        var tallies = [[Tally]?](repeating: nil, count: jobs.count)
        try await withThrowingTaskGroup(of: (Int, [Tally]).self) { group in
            var waiting = jobs.indices.makeIterator()
            func start() {
                guard let job = waiting.next() else { return }
                let (strategy, fold) = jobs[job]
                group.addTask {
                    try Task.checkCancellation()
                    let replay = FoldReplay(
                        population: population, settings: settings, fold: folds[fold], time: time)
                    return (job, try replay.replay(settings.strategies[strategy]))
                }
            }
            for _ in 0..<max(workers, 1) { start() }
            var done = 0
            while let (job, found) = try await group.next() {
                tallies[job] = found
                done += 1
                progress(.init(strategy: settings.strategies[jobs[job].0].name, done: done, all: jobs.count))
                start()
            }
        }
        return ReplayFindings(
            population: population, settings: settings, folds: folds,
            tallies: merged(tallies.compactMap { $0 }, folds: folds.count))
    }

    /// Joins the folds of each strategy, in the order of the folds.
    private func merged(_ tallies: [[Tally]], folds: Int) -> [Tally] {
        settings.strategies.indices.flatMap { strategy in
            var joined = tallies[strategy * folds]
            for fold in tallies[(strategy * folds + 1)..<((strategy + 1) * folds)] {
                for seats in joined.indices { joined[seats].append(fold[seats]) }
            }
            return joined
        }
    }
}
