/// Where a strategy loses, would somebody simpler have won?
///
/// The regret against another choice is the mean over all questions of max(0, other − ours): where scores are 0 or 1,
/// the share of questions that are lost here and won there.
package struct RegretAnalysis: Sendable {
    private let single: [Float]
    private let lot: [Float]
    private let oracle: [Float]

    package init(_ table: ScoreTable) {
        single = table.bestExpert().map(table.column) ?? []
        lot = table.lot()
        oracle = table.oracle()
    }

    package func regret(of record: StrategyRecord) -> ReplayReport.Regret {
        ReplayReport.Regret(
            strategy: record.strategy, seats: record.seats,
            bestSingleWasRight: Self.lead(of: single, over: record.scores),
            randomWasRight: Self.lead(of: lot, over: record.scores),
            oracleWasRight: Self.lead(of: oracle, over: record.scores),
            bestSingleWasWrong: Self.lead(of: record.scores, over: single))
    }

    /// Mean of max(0, ours − theirs) over the questions where both are known.
    private static func lead(of ours: [Float], over theirs: [Float]) -> Double {
        ScoreTable.mean(zip(ours, theirs).map { $0.isNaN || $1.isNaN ? .nan : max(0, $0 - $1) })
    }
}
