import Bench
import Core
import Testing

struct RunComparisonTests {
    /// Right about the numbers of `right`.
    private func record(_ id: String, right: Set<Int>, of count: Int, data: String = "d") -> RunRecord {
        let run = Run(
            id: id, suite: "gsm8k", data: data, strategy: "single:\(id)", experts: [ExpertID(id)], seed: 1,
            promptVersion: "1", questionCount: count, startedAt: Timestamp(microseconds: 0), state: .finished)
        let verdict = Verdict(method: "single", expert: ExpertID(id), ballots: [], agreement: 1)
        let grades = (1...count).map { number in
            RunGrade(
                question: "q\(number)", text: "x", verdict: verdict, strict: nil, flexible: "\(number)",
                isStrictlyRight: false, isFlexiblyRight: right.contains(number), isCut: false, hasFailed: false)
        }
        let seats = (1...count).map { number in
            RunSeats(
                question: "q\(number)",
                need: Need(
                    annotator: "x",
                    mentions: [.init(keyword: "k", score: 1, skill: number <= 2 ? "sums" : "words", similarity: 1)]),
                recruitment: Recruitment(
                    strategy: "fixed", seats: [.init(expert: ExpertID(id), probability: 1)], seed: 1, reason: ""))
        }
        return RunRecord(run, answers: [], grades: grades, seats: seats, visits: [])
    }

    @Test func chanceIsMcNemarsExactTest() throws {
        // Ten questions on which they differ, all for the second: 2 · (1/2)^10 = 0.001953125.
        let comparison = try RunComparison(record("a", right: [], of: 12), record("b", right: Set(1...10), of: 12))
        #expect(abs(comparison.chance - 0.001953125) < 1e-12)
        #expect(
            (comparison.bothRight, comparison.onlyFirst, comparison.onlySecond, comparison.neither) == (0, 0, 10, 2))
        #expect(abs(comparison.difference - 10.0 / 12) < 1e-12)
        #expect(comparison.interval?.isAboveZero == true)
        #expect(comparison.verdict == "single:b has 83.3 points more (p = 0.0020): more than chance explains.")
        // One against three: 2 · (1 + 4) / 16 = 0.625.
        let noise = try RunComparison(record("a", right: [1, 9], of: 9), record("b", right: [2, 3, 4, 9], of: 9))
        #expect(abs(noise.chance - 0.625) < 1e-12)
        #expect(noise.verdict.hasSuffix("chance explains that; 9 questions are too few to tell."))
        #expect(noise.examples.map(\.right) == ["a", "b", "b", "b"])
    }

    @Test func equalRunsDifferInNothing() throws {
        let comparison = try RunComparison(record("a", right: [1], of: 3), record("b", right: [1], of: 3))
        #expect(comparison.chance == 1)
        #expect(comparison.verdict == "They are right and wrong on the same questions.")
    }

    @Test func runsOnDifferentQuestionsAreNotCompared() {
        let fault = #expect(throws: Fault.self) {
            try RunComparison(record("a", right: [], of: 3), record("b", right: [], of: 3, data: "other"))
        }
        #expect(fault?.found == "are about different questions, so that nothing can be paired")
    }

    @Test func aReportHasResultsDifferencesAndSkills() {
        let text = RunMarkdown(
            [record("a", right: [1, 3], of: 4), record("b", right: [1, 2], of: 4)], command: "muster bench report a b"
        ).text
        #expect(text.contains("| a | gsm8k | single:a | 4 |"))
        #expect(text.contains("| a | b | 1 | 1 | 1 | 1 |"))
        #expect(text.contains("| sums | 1/2 | 2/2 |"))
        #expect(text.contains("| words | 1/2 | 0/2 |"))
        #expect(text.hasSuffix("    muster bench report a b\n"))
    }

    @Test func thePageNeedsNothingElseAndEscapesWhatItShows() {
        let first = record("<b>", right: [1], of: 2)
        let html = RunPage([first, record("b", right: [2], of: 2)], command: "x").html
        #expect(html.contains("&lt;b&gt;"))
        #expect(!html.contains("<b>"))
        #expect(!html.contains("<script"))
        #expect(!html.contains("src="))
        #expect(html.contains("default-src 'none'"))
    }

    @Test func theSheetQuotesWhatItMust() {
        var quoted = record("a", right: [1], of: 1).run
        quoted.strategy = "=cmd, \"x\""
        let base = record("a", right: [1], of: 1)
        let text = RunSheet([
            RunRecord(quoted, answers: [], grades: [], seats: [], visits: []), base,
        ]).text
        #expect(text.split(separator: "\r\n").count == 2, "a line a grade and one for the names")
        #expect(text.contains("a,gsm8k,single:a,q1,right,,1,0,1,"))
    }

    @Test func theHarnessFormHasItsNamesAndErrors() throws {
        let spec = Suite.gsm8k.spec
        let json = try JSONReader.read(HarnessExport([record("a", right: [1], of: 4)], suites: ["gsm8k": spec]).json)
        let results = json["results"]?["gsm8k"]
        #expect(results?["exact_match,flexible-extract"]?.double == 0.25)
        // √(0.25 · 0.75 / 3) = 0.25
        #expect(results?["exact_match_stderr,flexible-extract"]?.double == 0.25)
        #expect(results?["exact_match,strict-match"]?.double == 0)
        #expect(json["n-shot"]?["gsm8k"]?.whole == 3)
        #expect(json["n-samples"]?["gsm8k"]?["effective"]?.whole == 4)
    }
}
