/// Sums up what was recorded and what every strategy did into a report.
package struct ReplaySummary: Sendable {
    package var table: ScoreTable
    package var records: [StrategyRecord]
    package var bootstrap = PairedBootstrap()
    package var coverage = CoverageAnalysis()

    package init(_ table: ScoreTable, _ records: [StrategyRecord]) {
        precondition(records.allSatisfy { $0.scores.count == table.count }, "one score a question")
        precondition(records.allSatisfy { $0.picks.count == table.experts.count }, "one count an expert")
        self.table = table
        self.records = records
    }

    /// - Parameters:
    ///   - files: what was read.
    ///   - command: what a person types to get the same again.
    package func report(
        files: [String], command: String, folds: Int, seed: UInt64, embedder: String
    ) -> ReplayReport {
        let oracle = table.oracle()
        let best = table.bestExpert()
        let single = best.map(table.column) ?? oracle.map { _ in .nan }
        let marks = OracleGap(bestSingle: ScoreTable.mean(single), oracle: ScoreTable.mean(oracle))
        let results = records.map { result(of: $0, single, oracle, marks) }
        let gaps = GapAnalysis(table)
        let regrets = RegretAnalysis(table)
        return ReplayReport(
            files: files, command: command, questions: table.count, experts: table.experts.count,
            expertNames: table.experts, folds: folds, seed: seed, embedder: embedder,
            bestSingle: .init(
                expert: best.map { table.experts[$0] } ?? "", accuracy: marks.bestSingle,
                usdPerQuestion: best.flatMap { table.dollars[$0] },
                activeParameters: best.flatMap { table.activeParameters[$0] }),
            random: ScoreTable.mean(table.lot()), bestPerCategory: gaps.bestPerCategory, oracle: marks.oracle,
            results: results, costQuality: .init(table, results, sweeps: records.map { $0.sweep }),
            gap: records.map { gaps.gap(of: $0) },
            worth: .init(
                regret: records.map { regrets.regret(of: $0) },
                experts: ExpertWorthAnalysis(table, records: records).worths(), coverage: coverage.coverage(of: table)))
    }

    private func result(
        of record: StrategyRecord, _ single: [Float], _ oracle: [Float], _ marks: OracleGap
    ) -> ReplayReport.StrategyResult {
        let nothing = Interval(low: 0, high: 0)
        let seats = record.picks.reduce(0, +)
        let picks = zip(table.experts, record.picks).filter { $1 > 0 }
        return .init(
            strategy: record.strategy, seats: record.seats, aggregation: record.aggregation,
            isYardstick: record.isYardstick, accuracy: record.accuracy,
            interval: bootstrap.interval(ofMean: record.scores) ?? nothing,
            gain: ScoreTable.mean(zip(record.scores, single).map { $0 - $1 }),
            gainInterval: bootstrap.interval(ofDifference: record.scores, from: single) ?? nothing,
            callsPerQuestion: ScoreTable.mean(record.calls), usdPerQuestion: StrategyRecord.meanIfKnown(record.dollars),
            activeParameters: StrategyRecord.meanIfKnown(record.activeParameters),
            oracleGapClosed: marks.closed(by: record.accuracy), relativeToBest: marks.relativeToBest(record.accuracy),
            pickEntropy: PickEntropy.bits(of: record.picks),
            picks: Dictionary(picks.map { ($0, Double($1) / Double(seats)) }, uniquingKeysWith: +),
            categories: categories(of: record, single, oracle), strongWeak: .init(record, in: table),
            confusion: confusion(of: record), trainingSeconds: record.trainingSeconds,
            decisionMilliseconds: record.decisionMilliseconds)
    }

    /// In name order.
    private func categories(
        of record: StrategyRecord, _ single: [Float], _ oracle: [Float]
    ) -> [ReplayReport.CategoryResult] {
        var questions = [[Int]](repeating: [], count: table.categoryNames.count)
        for question in 0..<table.count where table.categories[question] >= 0 {
            questions[Int(table.categories[question])].append(question)
        }
        return zip(table.categoryNames, questions).filter { !$1.isEmpty }.sorted { $0.0 < $1.0 }.map { name, own in
            .init(
                category: name, questions: own.count, accuracy: ScoreTable.mean(own.map { record.scores[$0] }),
                bestSingle: ScoreTable.mean(own.map { single[$0] }), oracle: ScoreTable.mean(own.map { oracle[$0] }))
        }
    }

    /// Questions without a true or a guessed category are left out.
    private func confusion(of record: StrategyRecord) -> ReplayReport.Confusion? {
        let names = table.categoryNames.count
        guard record.guesses.count == table.count, names > 0 else { return nil }
        var counts = [Int](repeating: 0, count: names * names)
        for (truth, guess) in zip(table.categories, record.guesses)
        where truth >= 0 && guess >= 0 && Int(guess) < names {
            counts[Int(truth) * names + Int(guess)] += 1
        }
        return counts.contains { $0 > 0 } ? .init(categories: table.categoryNames, counts: counts) : nil
    }
}
