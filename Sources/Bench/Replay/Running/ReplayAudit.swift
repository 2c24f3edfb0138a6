import Core
public import Routing

/// Catches a strategy that sees what it is graded by: it must decide the same when the held-out outcomes are changed.
///
/// Every strategy of ours gets its evidence and a question's view and nothing else, so the audit is for new ones: it
/// learns once, decides on each held-out question, then turns all held-out scores round (s becomes 1 − s), does it all
/// again, and compares.
public struct ReplayAudit: Sendable {
    private let recorded: RecordedOutcomes
    private let settings: ReplaySettings

    public init(_ recorded: RecordedOutcomes, settings: ReplaySettings) {
        self.recorded = recorded
        self.settings = settings
    }

    /// Throws a `Fault` that names the strategy and the first question it decides otherwise.
    ///
    /// - Parameter make: makes the strategy for a record; one that peeks peeks into this record.
    public func check(_ make: (RecordedOutcomes) -> any RouterLearner) throws {
        let population = try Population(recorded, choice: settings.experts)
        let folds = try settings.folds.folds(
            of: population.questions, in: recorded.table, most: settings.mostLearned, seed: settings.seed)
        for fold in folds {
            let turned = recorded.turningScores(of: Set(fold.decided))
            let seen = try plans(make(recorded), population, fold)
            let unseen = try plans(make(turned), try Population(turned, choice: settings.experts), fold)
            for (index, question) in fold.decided.enumerated() where seen[index] != unseen[index] {
                throw Fault(
                    .invalidSettings, make(recorded).name,
                    "decides question \(recorded.table.questions[question].id) otherwise when its outcomes are changed",
                    expected: "A strategy decides without seeing what it is graded by",
                    hint: "Let it read its evidence and the question's view only")
            }
        }
    }

    private func plans(
        _ learner: any RouterLearner, _ population: Population, _ fold: FoldPlan.Fold
    ) throws -> [[Int]] {
        let router = try learner.learn(
            from: population.evidence(fold.learned, withCategory: learner.seesCategory), seed: settings.seed)
        return try fold.decided.map { question in
            var random = SeededRandom(seed: settings.seed ^ population.recorded.table.questions[question].content)
            return try router.recruit(
                for: population.view(of: question, withCategory: learner.seesCategory),
                seats: settings.seats.max() ?? 1, using: &random
            ).experts
        }
    }
}

extension RecordedOutcomes {
    fileprivate func turningScores(of questions: Set<Int>) -> RecordedOutcomes {
        RecordedOutcomes(table: table.turningScores(of: questions), vectors: vectors, embedder: embedder, files: files)
    }
}
