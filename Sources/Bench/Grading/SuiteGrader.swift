import Aggregation
import Core

/// Grades the final answer to one question of a suite.
struct SuiteGrader: Sendable {
    let suite: Suite

    /// - Parameters:
    ///   - text: the final text; empty if nobody answered.
    ///   - isCut: the text was cut by a token limit.
    func grade(
        _ question: GradedQuestion, text: String, verdict: Verdict, isCut: Bool, hasFailed: Bool
    ) -> RunGrade {
        let spoken = text.afterThinking
        let strict = StrictMatch().extract(from: spoken)
        let flexible = FlexibleMatch().extract(from: spoken)
        return RunGrade(
            question: question.id, text: text, verdict: verdict, strict: strict, flexible: flexible,
            isStrictlyRight: Self.isRight(strict, question), isFlexiblyRight: Self.isRight(flexible, question),
            isCut: isCut, hasFailed: hasFailed)
    }

    /// Whether the flexible extractor finds the known answer in a text.
    func isFlexiblyRight(_ text: String, _ question: GradedQuestion) -> Bool {
        Self.isRight(FlexibleMatch().extract(from: text.afterThinking), question)
    }

    private static func isRight(_ answer: String?, _ question: GradedQuestion) -> Bool {
        answer.map { HarnessEquality.areEqual($0, question.answer) } ?? false
    }
}
