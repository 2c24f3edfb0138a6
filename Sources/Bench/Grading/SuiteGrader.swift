import Aggregation
package import Core

/// Grades final answers to the questions of a suite.
package struct SuiteGrader: Sendable {
    let suite: Suite
    private let strict: AnswerExtractor
    private let flexible: AnswerExtractor
    private let equality: TextEquality
    private let programs: (any ProgramRunner)?

    /// - Parameter programs: runs answers that are programs; nil if nobody can.
    /// - Throws: a `Fault` if one of the suite's patterns is none.
    package init(suite: Suite, programs: (any ProgramRunner)? = nil) throws {
        self.suite = suite
        self.programs = programs
        strict = try AnswerExtractor(suite.spec.strict, of: suite.id)
        flexible = try AnswerExtractor(suite.spec.flexible, of: suite.id)
        equality = try TextEquality(suite.spec.metric, of: suite.id)
    }

    /// What is kept with every grade: the same versions grade alike.
    var version: String { "extractors \(AnswerExtractor.version), \(suite.spec.metric.kind.rawValue)" }

    /// What a grade starts from.
    package struct Ending: Sendable {
        /// The final text; empty if nobody answered.
        var text: String
        var verdict: Verdict
        /// The text was cut by a token limit.
        var isCut = false
        var hasFailed = false
        var finish: FinishReason?

        package init(
            text: String, verdict: Verdict, isCut: Bool = false, hasFailed: Bool = false, finish: FinishReason? = nil
        ) {
            self.text = text
            self.verdict = verdict
            self.isCut = isCut
            self.hasFailed = hasFailed
            self.finish = finish
        }
    }

    /// The grade; where a judge has to speak, without a word on right or wrong.
    package func grade(_ question: GradedQuestion, _ ending: Ending) async throws -> RunGrade {
        let spoken = ending.text.afterThinking
        let found = extractions(spoken, question)
        var grade = RunGrade(
            question: question.id, text: ending.text, verdict: ending.verdict, strict: found.strict,
            flexible: found.flexible, isStrictlyRight: false, isFlexiblyRight: false, isCut: ending.isCut,
            hasFailed: ending.hasFailed, graded: version)
        switch suite.spec.metric.kind {
        case .exact, .meaning:
            grade.isStrictlyRight = isRight(found.strict, question)
            grade.isFlexiblyRight = isRight(found.flexible, question)
        case .tests:
            // A program is long, and what was extracted is the text again.
            (grade.strict, grade.flexible) = (nil, nil)
            if let code = found.strict, let tests = question.extras?.tests {
                let end = try await run(ProgramText.whole(code, head: question.extras?.programHead, tests: tests))
                grade.isStrictlyRight = end == .passed
                grade.isFlexiblyRight = end == .passed
                grade.remark = end.remark
            }
        case .mark, .pair, .skills: (grade.strict, grade.flexible) = (nil, nil)
        }
        grade.isRefused =
            !grade.isFlexiblyRight && !ending.hasFailed && Refusal.isOne(spoken, finish: ending.finish)
        return grade
    }

    /// Whether the flexible extractor finds the known answer in a text; programs are not run.
    func isFlexiblyRight(_ text: String, _ question: GradedQuestion) -> Bool {
        isRight(flexible.extract(from: text.afterThinking, to: question, shape: suite.shape(of: question)), question)
    }

    private func extractions(_ text: String, _ question: GradedQuestion) -> (strict: String?, flexible: String?) {
        let shape = suite.shape(of: question)
        return (
            strict.extract(from: text, to: question, shape: shape),
            flexible.extract(from: text, to: question, shape: shape)
        )
    }

    private func isRight(_ answer: String?, _ question: GradedQuestion) -> Bool {
        guard let answer else { return false }
        if suite.spec.metric.kind == .meaning { return MeaningEquality.areEqual(answer, question.answer) }
        return equality.areEqual(answer, question.answer)
    }

    private func run(_ program: String) async throws -> ProgramEnd {
        guard let programs else {
            throw Fault(
                .unsupported, "suite \(suite.id)", "answers are programs, and there is nobody to run them",
                hint: "Programs run on Linux with seccomp and Landlock, with python3 at hand")
        }
        return try await programs.run(python: program)
    }
}
