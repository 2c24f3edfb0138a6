import Bench
import Core
import Testing

struct SuiteGraderTests {
    /// Passes what contains "good".
    private struct FakeRunner: ProgramRunner {
        func run(python: String) async throws -> ProgramEnd {
            python.contains("good") ? .passed : .failed("AssertionError")
        }
    }

    private let nobody = Verdict(method: "single", expert: nil, ballots: [], agreement: 1)

    private func column(
        _ text: String, isCut: Bool = false, hasFailed: Bool = false, finish: FinishReason? = nil
    ) async throws -> RunGrade.Column {
        let question = GradedQuestion(id: "1", question: "?", answer: "12")
        return try await SuiteGrader(suite: .gsm8k).grade(
            question, .init(text: text, verdict: nobody, isCut: isCut, hasFailed: hasFailed, finish: finish)
        ).column
    }

    @Test func everyAnswerStandsInOneColumn() async throws {
        #expect(try await column("#### 12") == .right)
        #expect(try await column("#### 13") == .wrong)
        #expect(try await column("then 3 and", isCut: true) == .cut)
        #expect(try await column("it is 12 and", isCut: true) == .right, "cut, but the answer was there")
        #expect(try await column(" \n") == .empty)
        #expect(try await column("I'm sorry, but I can't help with that.") == .refused)
        #expect(try await column("", finish: .contentFilter) == .empty)
        #expect(try await column("Part of", finish: .contentFilter) == .refused)
        #expect(try await column("", hasFailed: true) == .failed)
        #expect(try await column("I'm sorry, but I can't do better than 12") == .right)
    }

    @Test func aGradeSaysWhichVersionsMadeIt() async throws {
        let grade = try await SuiteGrader(suite: .gsm8k).grade(
            GradedQuestion(id: "1", question: "?", answer: "12"), .init(text: "#### 12", verdict: nobody))
        #expect(grade.graded == "extractors \(AnswerExtractor.version), exact")
    }

    @Test func aProgramIsRightIfItsTestsPass() async throws {
        let suite = try Suite.builtIn("humaneval")
        let grader = try SuiteGrader(suite: suite, programs: FakeRunner())
        let question = GradedQuestion(
            id: "1", question: "?", answer: "", extras: .init(tests: "check(f)", programHead: "import re\ndef f(x):\n"))
        let good = try await grader.grade(question, .init(text: "```\ndef f(x): return 'good'\n```", verdict: nobody))
        #expect((good.isStrictlyRight, good.isFlexiblyRight, good.remark) == (true, true, nil))
        let bad = try await grader.grade(question, .init(text: "```\ndef f(x): return 1\n```", verdict: nobody))
        #expect((bad.isFlexiblyRight, bad.remark) == (false, "AssertionError"))
        let fault = await #expect(throws: Fault.self) {
            try await SuiteGrader(suite: suite).grade(question, .init(text: "def f(x): return 1", verdict: nobody))
        }
        #expect(fault?.code == .unsupported)
    }
}
