import Bench
import Testing

struct WorthAnalysisTests {
    /// Four questions, three experts: a right on 0 and 1, b on 1, c on 2; nobody on 3.
    private let table = ScoreTable(
        experts: ["a", "b", "c"], scores: [1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0], categories: [0, 0, 1, 1],
        categoryNames: ["maths", "law"], dollars: [0.01, 0.02, 0.04])

    private func record(_ name: String, _ scores: [Float], picks: [Int], isYardstick: Bool = false) -> StrategyRecord {
        StrategyRecord(
            strategy: name, seats: 1, aggregation: "first", isYardstick: isYardstick, scores: scores,
            calls: [1, 1, 1, 1], dollars: [.nan, .nan, .nan, .nan], activeParameters: [.nan, .nan, .nan, .nan],
            picks: picks)
    }

    @Test func regretIsWhatSomebodyElseWouldHaveWon() {
        // A strategy right on 1 and 2 only. The best single is a (2 of 4), right on 0 and 1: it wins question 0 = ¼.
        // A lot wins ⅓ of question 0 = 1/12. The oracle wins question 0 = ¼. The strategy wins question 2 from a = ¼.
        let regret = RegretAnalysis(table).regret(of: record("s", [0, 1, 1, 0], picks: [1, 1, 2]))
        #expect(regret.bestSingleWasRight == 0.25)
        #expect(abs(regret.randomWasRight - 1.0 / 12) < 1e-6)
        #expect(regret.oracleWasRight == 0.25)
        #expect(regret.bestSingleWasWrong == 0.25)
    }

    @Test func anExpertIsWorthWhatOnlyItKnows() {
        var own = record("s", [1, 1, 1, 0], picks: [2, 0, 2])
        own.changes = [1, 0, 0]
        own.spent = [0.02, 0, 0.08]
        var yardstick = record("oracle", [1, 1, 1, 0], picks: [0, 4, 0], isYardstick: true)
        yardstick.changes = [0, 4, 0]
        let worths = ExpertWorthAnalysis(table, records: [own, yardstick]).worths()
        #expect(worths.map(\.expert) == ["a", "b", "c"])
        // Question 0 only a knows, question 2 only c; of question 1 nobody is needed.
        #expect(worths.map(\.aloneRight) == [0.25, 0, 0.25])
        #expect(worths.map(\.oracleLoss) == [0.25, 0, 0.25])
        // The yardstick's seats for b do not count.
        #expect(worths.map(\.picks) == [0.5, 0, 0.5])
        #expect(worths[1].sentence == "Never asked. Somebody else knows all it knows.")
        // 0.08 dollars over four questions.
        #expect(
            worths[2].sentence
                == "Never changed an answer: removing it saves $0.0200 a question. Only it knows 1 question.")
        #expect(worths[0].sentence.hasPrefix("Changed 25.0 % of the answers for $0.00500 a question."))
    }

    @Test func withoutCountsNothingIsSaidOfChangedAnswers() {
        let worths = ExpertWorthAnalysis(table, records: [record("s", [1, 1, 1, 0], picks: [2, 0, 2])]).worths()
        #expect(worths[0].changedAnswers == nil)
        #expect(worths[0].savedUsdPerQuestion == nil)
        #expect(worths[0].sentence == "Only it knows 1 question.")
    }

    @Test func aCategoryThatNobodyReachesIsNotCovered() {
        // maths: a has 2 of 2. law: c has 1 of 2, below 0.75 by 0.25 · 2 = 0.5 questions, of 4 in all 12.5 points.
        let coverage = CoverageAnalysis(bar: 0.75).coverage(of: table)
        #expect(coverage.map(\.category) == ["law", "maths"])
        #expect(coverage.map(\.isCovered) == [false, true])
        #expect(coverage.map(\.bestExpert) == ["c", "a"])
        #expect(coverage.map(\.missingQuestions) == [0.5, 0])
        #expect(coverage[0].sentence.contains("Nobody reaches 75.0 %; the best, c, has 50.0 %"))
        #expect(coverage[0].sentence.contains("12.5 points over all"))
        #expect(coverage[0].sentence.contains("only 2 questions: not certain"))
    }

    @Test func skillsAreListedFromTheMostNeeded() {
        var table = table
        table.skills = [["algebra", "algebra", "reading"], ["reading"], ["reading", "rare"], ["algebra"]]
        let coverage = CoverageAnalysis(fewestQuestions: 2).coverage(of: table).filter { $0.kind == .skill }
        #expect(coverage.map(\.category) == ["reading", "algebra"])
        #expect(coverage.map(\.questions) == [3, 2])
        #expect(CoverageAnalysis(fewestQuestions: 2, mostSkills: 1).coverage(of: table).count == 3)
    }

    @Test func thePartsOfTheGapAddUp() {
        var replay = MadeUpReplay(questions: 600, experts: ["a", "b", "c", "d"], categories: ["x", "y", "z"])
        replay.table.clusters = replay.table.categories.enumerated().map { $1 * 2 + Int32($0 % 2) }
        replay.add("good", seats: 1, blur: 0.3)
        replay.add("poor", seats: 3, blur: 3)
        let analysis = GapAnalysis(replay.table)
        for record in replay.records {
            let gap = analysis.gap(of: record)
            let oracle = ScoreTable.mean(replay.table.oracle())
            #expect(abs(gap.toOracle - (oracle - record.accuracy)) < 1e-12)
            #expect(
                abs((gap.categoryConfusion ?? 0) + (gap.calibration ?? 0) + gap.noise - gap.toOracle) < 1e-12)
            #expect(gap.noise >= 0)
            #expect(gap.brier != nil)
        }
        #expect((analysis.gap(of: replay.records[1]).categoryConfusion ?? 0) > 0)
    }

    @Test func withoutCategoriesOrClustersTheWholeGapIsCalledNoise() {
        let bare = ScoreTable(experts: ["a", "b"], scores: [1, 0, 0, 1], categories: [-1, -1], categoryNames: [])
        let own = StrategyRecord(
            strategy: "s", seats: 1, aggregation: "first", scores: [1, 0], calls: [1, 1], dollars: [0, 0],
            activeParameters: [1, 1], picks: [2, 0])
        let gap = GapAnalysis(bare).gap(of: own)
        #expect(gap.categoryConfusion == nil)
        #expect(gap.calibration == nil)
        #expect(gap.noise == 0.5)
        #expect(gap.sentence == "Of 50.0 points to the oracle, 50.0 follow nothing that such groups of questions show.")
    }
}
