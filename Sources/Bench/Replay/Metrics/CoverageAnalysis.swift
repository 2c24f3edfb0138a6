/// Which categories and skills nobody is good enough at, what that costs, and the smallest addition that closes the gap.
package struct CoverageAnalysis: Sendable {
    /// The mean score that covers a category.
    package var bar: Double
    /// A skill that fewer questions need is not listed: its mean would say nothing.
    package var fewestQuestions: Int
    /// Most skills that are listed, the most needed first.
    package var mostSkills: Int

    package init(bar: Double = 0.5, fewestQuestions: Int = 20, mostSkills: Int = 60) {
        self.bar = bar
        self.fewestQuestions = fewestQuestions
        self.mostSkills = mostSkills
    }

    /// Every category in name order, then skills, the most needed first.
    package func coverage(of table: ScoreTable) -> [ReplayReport.Coverage] {
        var questions = [[Int]](repeating: [], count: table.categoryNames.count)
        for question in 0..<table.count where table.categories[question] >= 0 {
            questions[Int(table.categories[question])].append(question)
        }
        let categories = zip(table.categoryNames, questions).filter { !$1.isEmpty }.sorted { $0.0 < $1.0 }
        return categories.compactMap { coverage(of: $0, kind: .category, $1, in: table) }
            + skills(of: table).compactMap { coverage(of: $0, kind: .skill, $1, in: table) }
    }

    private func skills(of table: ScoreTable) -> [(String, [Int])] {
        var needing: [String: [Int]] = [:]
        for (question, skills) in table.skills.enumerated() {
            for skill in Set(skills) { needing[skill, default: []].append(question) }
        }
        return needing.filter { $0.value.count >= fewestQuestions }
            .sorted { (-$0.value.count, $0.key) < (-$1.value.count, $1.key) }
            .prefix(mostSkills).map { ($0.key, $0.value) }
    }

    private func coverage(
        of name: String, kind: ReplayReport.Coverage.Kind, _ questions: [Int], in table: ScoreTable
    ) -> ReplayReport.Coverage? {
        guard let best = table.bestExpert(over: questions) else { return nil }
        let accuracy = table.means(over: questions)[best]
        let missing = max(0, bar - accuracy) * Double(questions.count)
        return ReplayReport.Coverage(
            category: name, kind: kind, questions: questions.count, bestExpert: table.experts[best], accuracy: accuracy,
            isCovered: accuracy >= bar, missingQuestions: missing,
            sentence: sentence(table.experts[best], accuracy, missing, of: questions.count, in: table.count))
    }

    private func sentence(
        _ best: String, _ accuracy: Double, _ missing: Double, of count: Int, in all: Int
    ) -> String {
        let unsure = count < fewestQuestions ? " (only \(count) questions: not certain)" : ""
        guard accuracy < bar else { return "\(best) covers it with \(Numerals.percent(accuracy))\(unsure)." }
        let added = Numerals.count(missing)
        return
            "Nobody reaches \(Numerals.percent(bar)); the best, \(best), has \(Numerals.percent(accuracy))\(unsure). "
            + "An expert with \(Numerals.percent(bar)) here would add \(added) of \(count) questions, "
            + "\(Numerals.points(missing / Double(max(all, 1)))) points over all."
    }
}
