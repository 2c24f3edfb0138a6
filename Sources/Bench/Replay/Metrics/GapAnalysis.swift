/// Takes the distance of a strategy to the oracle apart: what knowing the category would give, what knowing how good
/// everybody is on questions like this one would give, and what nothing of the kind would.
///
///     oracle − accuracy = (best per category − accuracy)              category confusion
///                       + max(0, best per cluster − best per category) calibration
///                       + the rest                                     noise
///
/// Best per category and per cluster are `BestPerGroup`: chosen by other questions' true scores. The parts add up; the
/// first is negative for a strategy that knows more than the category. Noise is an upper bound of what cannot be known:
/// it holds for every router that tells questions apart no better than these categories and clusters do.
package struct GapAnalysis: Sendable {
    private let oracle: Double
    private let perCategory: Double?
    private let perCluster: Double?

    /// Without categories that part is left out, and without clusters theirs.
    package init(_ table: ScoreTable, choice: BestPerGroup = BestPerGroup()) {
        oracle = ScoreTable.mean(table.oracle())
        perCategory =
            table.categories.contains { $0 >= 0 }
            ? ScoreTable.mean(choice.scores(in: table, by: table.categories)) : nil
        perCluster =
            table.clusters.isEmpty ? nil : ScoreTable.mean(choice.scores(in: table, by: table.clusters))
    }

    /// The mean score of the best expert of each true category; nil without categories.
    package var bestPerCategory: Double? { perCategory }

    package func gap(of record: StrategyRecord) -> ReplayReport.Gap {
        let accuracy = record.accuracy
        let confusion = perCategory.map { $0 - accuracy }
        let finer = perCluster.map { max(0, $0 - (perCategory ?? accuracy)) }
        let noise = oracle - accuracy - (confusion ?? 0) - (finer ?? 0)
        let calibration = Calibration(expectations: record.expectations, scores: record.scores)
        return ReplayReport.Gap(
            strategy: record.strategy, seats: record.seats, toOracle: oracle - accuracy, categoryConfusion: confusion,
            calibration: finer, noise: noise, brier: calibration?.brier, reliability: calibration?.reliability,
            sentence: Self.sentence(oracle - accuracy, confusion, finer, noise))
    }

    private static func sentence(_ gap: Double, _ confusion: Double?, _ finer: Double?, _ noise: Double) -> String {
        var parts: [String] = []
        if let confusion {
            parts.append(
                confusion >= 0
                    ? "always knowing the category would give back \(Numerals.points(confusion))"
                    : "it is already \(Numerals.points(-confusion)) beyond the best expert of each category")
        }
        if let finer {
            parts.append("knowing everybody's true mean on similar questions \(Numerals.points(finer)) more")
        }
        let rest = "\(Numerals.points(noise)) follow nothing that such groups of questions show"
        return "Of \(Numerals.points(gap)) points to the oracle, " + (parts + [rest]).joined(separator: "; ") + "."
    }
}
