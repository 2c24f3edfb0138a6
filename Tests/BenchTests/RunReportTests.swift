import Bench
import Core
import Foundation
import Testing

struct RunReportTests {
    @Test func theIntervalIsWilsons() {
        // p = 0.8, n = 10, z = 1.959964, z² = 3.841459: centre (0.8 + 0.192073) / 1.384146 = 0.716740,
        // half width 1.959964 · √(0.016 + 0.009604) / 1.384146 = 0.226576 (n = 10: z²/4n² = 0.0096036).
        let share = RunReport.Share(right: 8, of: 10)
        #expect(share.share == 0.8)
        #expect(abs(share.low - 0.490162) < 1e-5)
        #expect(abs(share.high - 0.943318) < 1e-5)
    }

    @Test func theIntervalStaysInsideZeroAndOne() {
        #expect(RunReport.Share(right: 0, of: 5).low == 0)
        // z² / (n + z²) = 3.841459 / 8.841459
        #expect(abs(RunReport.Share(right: 0, of: 5).high - 0.434482) < 1e-5)
        #expect(RunReport.Share(right: 5, of: 5).high == 1)
        let nothing = RunReport.Share(right: 0, of: 0)
        #expect((nothing.share, nothing.low, nothing.high) == (0, 0, 1))
    }

    @Test func everyFieldIsCountedFromWhatIsStored() {
        func answer(_ question: String, _ expert: ExpertID, seat: Int, tokens: Int?) -> RunAnswer {
            let usage = Usage(promptTokens: 10, completionTokens: tokens ?? 0)
            return RunAnswer(
                question: question, seat: seat, expert: expert,
                answer: tokens.map { _ in Answer(expert: expert, text: "x", usage: usage) }, dollars: 0.25)
        }
        func grade(
            _ question: String, _ text: String, strict: Bool, flexible: Bool, cut: Bool = false, failed: Bool = false
        ) -> RunGrade {
            RunGrade(
                question: question, text: text,
                verdict: Verdict(method: "vote", expert: nil, ballots: [], agreement: 0), strict: nil, flexible: nil,
                isStrictlyRight: strict, isFlexiblyRight: flexible, isCut: cut, hasFailed: failed)
        }
        let run = Run(
            id: "r", suite: "gsm8k", data: "", strategy: "vote", experts: ["a", "b"], seed: 1, promptVersion: "1",
            questionCount: 4, startedAt: Timestamp(microseconds: 0), state: .finished)
        let report = RunReport(
            run,
            answers: [
                answer("1", "b", seat: 1, tokens: 5), answer("1", "a", seat: 0, tokens: 7),
                answer("2", "a", seat: 0, tokens: nil),
            ],
            grades: [
                grade("1", "x", strict: true, flexible: true),
                grade("2", "", strict: false, flexible: false, failed: true),
                grade("3", " \n", strict: false, flexible: false),
                grade("4", "y", strict: false, flexible: true, cut: true),
            ],
            visits: [
                RunVisits(expert: "b", count: 2, seconds: 1.5), RunVisits(expert: "a", count: 1, seconds: 0.5),
            ])
        #expect(report.questions == 4)
        #expect((report.strict.right, report.strict.of) == (1, 4))
        #expect((report.flexible.right, report.flexible.of) == (2, 4))
        #expect((report.cut, report.empty, report.failed, report.calls) == (1, 1, 1, 3))
        #expect((report.promptTokens, report.completionTokens) == (20, 12))
        #expect(report.dollars == 0.75)
        #expect(report.seconds == 2)
        #expect(report.visits.map(\.expert) == ["a", "b"])
        #expect(report.answers.map(\.expert) == ["a", "b"])
        #expect(report.answers.map(\.count) == [1, 1], "a failure is no answer")
    }

    @Test func aRunThatIsNotThereIsNamedWithTheNearestOne() async throws {
        let rig = Rig(knower("a"))
        try await rig.run(try rig.order("single:a", numbers(1)), id: "gsm8k-1f")
        let fault = await #expect(throws: Fault.self) { try await RunReport("gsm8k-1e", from: rig.store) }
        #expect(
            fault?.sentence
                == "run \"gsm8k-1e\": there is no such run. Did you mean gsm8k-1f? muster bench show lists all runs.")
    }
}
