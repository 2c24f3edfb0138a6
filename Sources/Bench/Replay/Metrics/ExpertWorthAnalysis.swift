/// What each expert is worth to those strategies that may ask it: what it alone knows, what it was asked, what its
/// answers changed, and what its calls cost.
package struct ExpertWorthAnalysis: Sendable {
    private let table: ScoreTable
    private let records: [StrategyRecord]

    /// Yardsticks among the records are left out: nobody can use them.
    package init(_ table: ScoreTable, records: [StrategyRecord]) {
        self.table = table
        self.records = records.filter { !$0.isYardstick }
    }

    /// One for each expert, in the table's order.
    package func worths() -> [ReplayReport.ExpertWorth] {
        let means = table.means()
        let (alone, losses) = lonely()
        return table.experts.indices.map { expert in
            let seats = records.reduce(0) { $0 + $1.picks.reduce(0, +) }
            let taken = records.reduce(0) { $0 + $1.picks[expert] }
            var worth = ReplayReport.ExpertWorth(
                expert: table.experts[expert], accuracy: means[expert].isNaN ? 0 : means[expert],
                aloneRight: alone[expert], oracleLoss: losses[expert],
                picks: seats > 0 ? Double(taken) / Double(seats) : 0, changedAnswers: changes(of: expert),
                savedUsdPerQuestion: spending(on: expert), sentence: "")
            worth.sentence = sentence(worth)
            return worth
        }
    }

    /// For each expert the share of questions that only it answered right (half or more), and by how much the mean of the
    /// best scores falls without it.
    private func lonely() -> (alone: [Double], losses: [Double]) {
        var alone = [Double](repeating: 0, count: table.experts.count)
        var losses = alone
        for question in 0..<table.count {
            var best: (expert: Int, score: Float) = (-1, -1)
            var second: Float = 0
            for (expert, score) in table.row(question).enumerated() where !score.isNaN {
                if score > best.score {
                    second = max(second, best.score)
                    best = (expert, score)
                } else {
                    second = max(second, score)
                }
            }
            guard best.expert >= 0 else { continue }
            if best.score >= 0.5 && second < 0.5 { alone[best.expert] += 1 }
            losses[best.expert] += Double(best.score - second)
        }
        let count = Double(max(table.count, 1))
        return (alone.map { $0 / count }, losses.map { $0 / count })
    }

    /// Share of all decisions whose answer the expert's seat changed; nil unless every strategy counted.
    private func changes(of expert: Int) -> Double? {
        let decisions = records.reduce(0) { $0 + $1.scores.count }
        guard decisions > 0, records.allSatisfy({ !$0.changes.isEmpty }) else { return nil }
        return Double(records.reduce(0) { $0 + $1.changes[expert] }) / Double(decisions)
    }

    /// Mean dollars a question that went to the expert; nil unless every strategy's are known.
    private func spending(on expert: Int) -> Double? {
        let decisions = records.reduce(0) { $0 + $1.scores.count }
        guard decisions > 0, records.allSatisfy({ !$0.spent.isEmpty && !$0.spent[expert].isNaN }) else { return nil }
        return records.reduce(0) { $0 + $1.spent[expert] } / Double(decisions)
    }

    private func sentence(_ worth: ReplayReport.ExpertWorth) -> String {
        let saving = worth.savedUsdPerQuestion.flatMap { $0 > 0 ? Numerals.dollars($0) : nil }
        let own = (worth.aloneRight * Double(table.count)).rounded()
        let alone =
            own > 0
            ? "Only it knows \(Numerals.count(own)) \(own == 1 ? "question" : "questions")."
            : "Somebody else knows all it knows."
        if worth.picks == 0 { return "Never asked. " + alone }
        guard let changed = worth.changedAnswers else {
            return alone + (saving.map { " Its calls cost \($0) a question." } ?? "")
        }
        if changed == 0 {
            return "Never changed an answer" + (saving.map { ": removing it saves \($0) a question." } ?? ".") + " "
                + alone
        }
        return "Changed \(Numerals.percent(changed)) of the answers"
            + (saving.map { " for \($0) a question." } ?? ".") + " " + alone
    }
}
