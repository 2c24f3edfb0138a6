import Bench
import Testing

struct ReplayTextTests {
    @Test func columnsStandBelowEachOther() {
        let text = ReplayText(MadeUpReplay.large(questions: 200).report(rounds: 100)).text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let width = lines[0].count
        #expect(lines[0].hasPrefix("strategy"))
        #expect(lines[0].contains("$ / question") && lines[0].contains("active B"))
        #expect(lines[0...25].allSatisfy { $0.count == width })
        #expect(lines[25].contains("best-per-category *"))
        #expect(lines[26] == "* a yardstick: it sees what no router may see")
        #expect(lines.contains { $0.hasPrefix("200 questions, 29 experts: one by lot ") })
        #expect(text.hasSuffix("\n"))
    }

    @Test func aRowSaysWhatAStrategyCameTo() throws {
        // Right on 3 of 4 questions; the better expert alone on 2 of 4, the oracle on all: 25 points more, half the gap.
        let table = ScoreTable(
            experts: ["a", "b"], scores: [1, 0, 1, 0, 0, 1, 0, 1], categories: [-1, -1, -1, -1], categoryNames: [])
        let record = StrategyRecord(
            strategy: "skill", seats: 2, aggregation: "vote", scores: [1, 1, 1, 0], calls: [2, 2, 1, 1],
            dollars: [0, 0, 0, .nan], activeParameters: [.nan, 1, 1, 1], picks: [3, 3])
        let report = ReplaySummary(table, [record]).report(
            files: [], command: "", folds: 2, seed: 1, embedder: "none")
        let lines = ReplayText(report).text.split(separator: "\n")
        #expect(!lines[0].contains("$"))
        #expect(lines[1].hasPrefix("skill"))
        #expect(lines[1].contains("75.0 ["))
        #expect(lines[1].contains("+25.0 ["))
        #expect(lines[1].contains("1.50"))
        #expect(lines[1].hasSuffix("50.0 %"))
        #expect(lines[2] == "4 questions, 2 experts: one by lot 50.0 % · best single 50.0 % (a) · oracle 100.0 %")
    }

    @Test func namesCannotMoveTheCursor() {
        var replay = MadeUpReplay(questions: 20, experts: ["\u{1B}[2Jevil\u{202E}", "b"], categories: ["x"])
        replay.add("s\u{7}\nrm", seats: 1, blur: 1)
        let text = ReplayText(replay.report(rounds: 20)).text
        #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0 == "\u{202E}" })
        #expect(text.split(separator: "\n")[1].hasPrefix("s"))
    }
}
