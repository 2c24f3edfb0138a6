import Core
import Settings
import Testing

struct QuestionFileTests {
    private static let form = #"Write {"id": "…", "question": "…", "answer": "…"}, all three as texts."#

    private func read(_ text: String, _ grader: GraderKind? = .exact) -> QuestionFile {
        QuestionFile(text: text, grader: grader, name: "questions.jsonl")
    }

    private func line(_ id: String, _ question: String = "1 + 1?", _ answer: String = "2") -> String {
        #"{"id": "\#(id)", "question": "\#(question)", "answer": "\#(answer)"}"#
    }

    @Test func readsOneQuestionALine() {
        let text = "\n" + line("a") + "\r\n\n  " + line("b", "Ünü?", " yes ") + "\n"
        let file = read(text)
        #expect(file.problems.map(\.sentence) == [])
        #expect(
            file.questions == [
                GradedQuestion(id: "a", question: "1 + 1?", answer: "2"),
                GradedQuestion(id: "b", question: "Ünü?", answer: "yes"),
            ])
    }

    @Test func onlyLineFeedsEndALine() {
        let file = read(line("a", "first\u{2028}second\u{85}third") + "\n" + line("b"))
        #expect(file.problems.map(\.sentence) == [])
        #expect(file.questions.map(\.question) == ["first\u{2028}second\u{85}third", "1 + 1?"])
    }

    @Test func aByteOrderMarkDoesNoHarm() {
        #expect(read("\u{FEFF}" + line("a")).questions.map(\.id) == ["a"])
    }

    @Test(arguments: [
        ("{", "the line is not a JSON object"), ("[]", "the line is not a JSON object"),
        ("\"text\"", "the line is not a JSON object"), ("{\"id\": \"a\"", "the line is not a JSON object"),
        (#"{"id": "a", "question": "q"}"#, "answer is missing"),
        (#"{"id": "a", "question": "q", "answer": 2}"#, "answer is not a text"),
        (#"{"id": "a", "question": " ", "answer": "2"}"#, "question is empty"),
        (#"{"id": null, "question": "q", "answer": "2"}"#, "id is not a text"),
        (#"{"id": "a", "question": "q", "answer": "2", "zzzzzz": 1}"#, "there is no field \"zzzzzz\""),
    ])
    func aBrokenLineIsToldWithItsNumber(row: String, found: String) {
        let file = read(line("first") + "\n\n" + row + "\n" + line("last"))
        #expect(file.problems.map(\.sentence) == ["questions.jsonl:3:1: \(found). \(Self.form)"])
        #expect(file.questions.map(\.id) == ["first", "last"])
    }

    @Test func anUnknownFieldComesWithTheNearestOne() {
        let file = read(#"{"id": "a", "question": "q", "anwser": "2"}"#)
        #expect(
            file.problems.map(\.sentence) == ["questions.jsonl:1:1: there is no field \"anwser\". Did you mean answer?"]
        )
    }

    @Test func anIDThatStandsTwiceIsToldWithBothLines() {
        let file = read([line("a"), line("b"), line("a", "2 + 2?", "4")].joined(separator: "\n"))
        #expect(
            file.problems.map(\.sentence) == [
                "questions.jsonl:3:1: the id \"a\" stands in line 1 too. Give it another one."
            ])
        #expect(file.questions.map(\.answer) == ["2", "2"])
    }

    @Test(arguments: [
        (
            GraderKind.number, "1 + 1?", "two",
            "is not a number. Write digits without a unit, such as 1234.5, -3 or 3/4."
        ),
        (.number, "1 + 1?", "2 cm", "is not a number. Write digits without a unit, such as 1234.5, -3 or 3/4."),
        (.number, "1 + 1?", "1,23", "is not a number. Write digits without a unit, such as 1234.5, -3 or 3/4."),
        (.choice, "Which? A) one B) two", "C", "is none of the options A, B. Write the letter of the right one."),
        (.choice, "Which? A) one B) two", "two", "is none of the options A, B. Write the letter of the right one."),
        (.choice, "Which one?", "A", "is one of no options. Write the options into the question: A) … B) …"),
        (.exact, "Which sign?", "?!", "has neither letters nor digits. Write a word or two."),
        (.judge, "Which sign?", "…", "has neither letters nor digits. Write a word or two."),
    ])
    func anAnswerThatItsGraderCannotUseIsTold(grader: GraderKind, question: String, answer: String, rest: String) {
        let file = read(line("a", question, answer), grader)
        #expect(file.problems.map(\.sentence) == ["questions.jsonl:1:1: the answer \"\(answer)\" \(rest)"])
    }

    @Test(arguments: [
        (GraderKind.number, "q", "2"), (.number, "q", "-3"), (.number, "q", "3/4"), (.number, "q", "1,234.5"),
        (.number, "q", ".5"), (.choice, "A) x B) y C) z", "C"), (.choice, "(A) x (B) y", "B"), (.exact, "q", "Paris"),
        (.exact, "q", "+"), (.judge, "q", "An essay."),
    ])
    func anAnswerThatItsGraderCanUseIsTaken(grader: GraderKind, question: String, answer: String) {
        #expect(read(line("a", question, answer), grader).problems.map(\.sentence) == [])
    }

    @Test func withoutAGraderNoAnswerIsJudged() {
        #expect(read(line("a", "q", "?"), nil).problems.isEmpty)
    }

    @Test func problemsBeyondWhatAnybodyReadsAreCounted() {
        let file = read(String(repeating: "x\n", count: 1_000))
        #expect(file.problems.count == 201)
        #expect(file.problems.last?.sentence == "questions.jsonl: there are more problems than 200. Mend these first.")
    }

    @Test func deepNestingIsRefusedWithoutACrash() {
        let row = #"{"id": "# + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + "}"
        #expect(read(row).problems.count == 1)
    }
}
