import Core
import Routing

/// Everything a replay found, question by question.
public struct ReplayFindings: Sendable {
    let population: Population
    let settings: ReplaySettings
    let folds: [FoldPlan.Fold]
    /// One for each strategy and number of seats; their rows are in the order of `decided`.
    let tallies: [Tally]

    /// Places in the table of the questions that were decided on, fold after fold.
    var decided: [Int] { folds.flatMap(\.decided) }

    /// Summed up.
    ///
    /// - Parameter command: what a person types to get the same again.
    public func report(command: String) -> ReplayReport {
        var summary = ReplaySummary(scoreTable(), tallies.map(record))
        summary.coverage.bar = settings.bar
        return summary.report(
            files: population.recorded.files, command: command, folds: folds.count, seed: settings.seed,
            embedder: population.recorded.embedder)
    }

    private func scoreTable() -> ScoreTable {
        let table = population.recorded.table
        var scores: [Float] = []
        scores.reserveCapacity(decided.count * population.experts.count)
        for question in decided { scores += population.scores(of: question) }
        var found = ScoreTable(
            experts: population.experts.map(\.id.rawValue), scores: scores,
            categories: decided.map { table.questions[$0].category }, categoryNames: table.categories,
            dollars: population.experts.map(\.dollars), activeParameters: population.experts.map(\.activeParameters))
        found.clusters = QuestionGroups(seed: settings.seed).groups(of: decided, in: population.recorded.vectors)
        found.skills = decided.map { table.skills(of: $0).map(\.rawValue) }
        return found
    }

    private func record(_ tally: Tally) -> StrategyRecord {
        var record = StrategyRecord(
            strategy: tally.strategy, seats: tally.seats, aggregation: tally.seats > 1 ? settings.vote.name : "none",
            isYardstick: tally.isYardstick, scores: tally.scores, calls: tally.calls, dollars: tally.dollars,
            activeParameters: tally.activeParameters, picks: tally.picks)
        record.leans = tally.leans.allSatisfy(\.isNaN) ? [] : tally.leans
        record.expectations = tally.expectations
        record.guesses = tally.guesses
        record.changes = tally.changes
        record.spent = tally.spent.contains(where: \.isNaN) ? [] : tally.spent
        record.trainingSeconds = tally.trainingSeconds
        let times = tally.decisionSeconds.sorted()
        record.decisionMilliseconds = times.isEmpty ? 0 : times[times.count / 2] * 1_000
        return record
    }
}
