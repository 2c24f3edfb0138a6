import Aggregation
import Core

/// Grades an answer to a skill's own question.
struct SkillGrader: Sendable {
    let kind: GraderKind
    let options: Int

    /// - Parameter question: its text tells how many options a choice has (`A)`, `B)` …).
    init(kind: GraderKind, question: GradedQuestion) {
        self.kind = kind
        options = Self.options(in: question.question)
    }

    /// The form in which the answer is looked for.
    var shape: AnswerShape { kind.shape(options: options) }

    /// True if the text's final answer means the same as the known one.
    func isRight(_ text: String, answer: String) -> Bool {
        let extraction = AnswerExtraction(shape: shape)
        // Authors may write the letter of an option small; in a text, a small letter standing alone is a word.
        let written = kind == .choice ? answer.uppercased() : answer
        guard let said = extraction.extract(from: text), let known = extraction.extract(from: written) else {
            return false
        }
        return said == known
    }

    private static func options(in text: String) -> Int {
        let letters = (0..<26).map { String(UnicodeScalar(UInt8(ascii: "A") + UInt8($0))) + ")" }
        return max(2, letters.prefix { text.contains($0) }.count)
    }
}
