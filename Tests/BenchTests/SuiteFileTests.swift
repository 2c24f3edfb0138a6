import Bench
import Core
import Foundation
import Testing

struct SuiteFileTests {
    private func read(_ text: String, limit: Int? = nil) throws -> [GradedQuestion] {
        try SuiteFile(data: Data(text.utf8), name: "x.jsonl", suite: .gsm8k, limit: limit).questions
    }

    private func refusal(_ data: Data) -> String? {
        let fault = #expect(throws: Fault.self) { try SuiteFile(data: data, name: "x.jsonl", suite: .gsm8k) }
        #expect(fault?.code == .unreadableFile)
        return fault?.sentence
    }

    private let line = ##"{"question": "How many?", "answer": "3 * 4 = 12\n#### 1,200"}"##

    @Test func aQuestionIsReadFromItsLine() throws {
        let questions = try read("\n\(line)\r\n\n\(line)")
        #expect(questions.map(\.id) == ["gsm8k/2", "gsm8k/4"])
        #expect(questions[0].question == "How many?")
        #expect(questions[0].answer == "1,200")
    }

    @Test func theLimitTakesTheFirstQuestionsAndReadsNoFurther() throws {
        #expect(try read("\(line)\n\(line)\nrubbish", limit: 2).count == 2)
    }

    @Test func whatIsNoQuestionIsNamedWithItsLine() {
        for (bad, found) in [
            ("rubbish", "is not a JSON object"), ("[]", "is not a JSON object"),
            ("{\"question\": \"\u{0}", "is not a JSON object"),
            ("{}", "has no \"question\" that is a text"), (#"{"question": "?"}"#, "has no \"answer\""),
        ] { #expect(refusal(Data("\(line)\n\(bad)\n".utf8)) == "x.jsonl:2: \(found).", "\(bad)") }
        #expect(
            refusal(Data(#"{"question": "?", "answer": "twelve"}"#.utf8))
                == "x.jsonl:1: has an answer without #### (\\-?[0-9.,]+).")
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(
            refusal(Data([0xFF, 0xFE, 0x00, 0x0A]))?.hasPrefix("x.jsonl:1: is not a JSON object") == true)
        #expect(refusal(Data([0x1F, 0x8B, 0x08]))?.hasPrefix("x.jsonl:1:") == true)
    }

    @Test func anEndlessLineIsRefusedBeforeItIsRead() {
        let long = Data(repeating: UInt8(ascii: "["), count: (1 << 20) + 1)
        #expect(refusal(Data("\(line)\n".utf8) + long) == "x.jsonl:2: is longer than 1 MiB.")
    }

    @Test func deeplyNestedInputIsRefusedWithoutACrash() {
        #expect(
            refusal(Data(repeating: UInt8(ascii: "["), count: 1 << 20)) == "x.jsonl: is not a list of JSON objects.")
    }

    @Test func aFileWithoutAQuestionIsRefused() {
        #expect(refusal(Data(" \n\t\n\r\n".utf8)) == "x.jsonl: holds no question. One JSON object a line, or a list.")
        #expect(refusal(Data()) == "x.jsonl: holds no question. One JSON object a line, or a list.")
    }

    @Test func aMissingFileSaysHowToGetIt() {
        let fault = #expect(throws: Fault.self) { try SuiteFile(path: "/nowhere/x.jsonl", suite: .gsm8k) }
        #expect(
            fault?.sentence
                == "/nowhere/x.jsonl: there is no such file, or it cannot be read. muster bench pull gsm8k fetches it "
                + "from its publisher; --data names a file at hand.")
        #expect(throws: Fault.self) { try SuiteFile(path: NSTemporaryDirectory(), suite: .gsm8k) }
    }

    @Test func theFingerprintStandsForQuestionsAndOrder() {
        let both = numbers(2)
        #expect(SuiteFile.fingerprint(of: both) == SuiteFile.fingerprint(of: numbers(2)))
        #expect(SuiteFile.fingerprint(of: both) != SuiteFile.fingerprint(of: both.reversed()))
    }
}

/// Rows as other publishers write them.
struct SuiteRowTests {
    private func read(_ text: String, _ change: (inout SuiteSpec) -> Void) throws -> [GradedQuestion] {
        var spec = SuiteSpec(name: "x")
        change(&spec)
        return try SuiteFile(data: Data(text.utf8), name: "x.json", suite: try Suite(spec)).questions
    }

    @Test func aListOfObjectsIsReadLikeLines() throws {
        let questions = try read(#"[{"qid": "7a", "question": "Is it?", "answer": false}]"#) { spec in
            spec.fields = .init(id: "qid", answer: "answer", answerWords: ["true": "yes", "false": "no"])
            spec.prompt = "{question}\nyes or no"
        }
        #expect(questions.map(\.id) == ["x/7a"])
        #expect(questions[0].answer == "no")
        #expect(questions[0].question == "Is it?")
        #expect(questions[0].extras?.prompt == "Is it?\nyes or no")
    }

    @Test func optionsAreLetteredWhateverTheirPublisherCallsThem() throws {
        let row =
            #"{"question": {"stem": "Which?", "choices": [{"text": "red", "label": "1"}, {"text": "blue", "label": "2"}]}, "#
            + #""answerKey": "2"}"#
        let questions = try read(row) { spec in
            spec.fields = .init(question: "question.stem", answer: "answerKey", options: "question.choices")
            spec.shape = .choice(options: 5)
            spec.prompt = "{question}\n{options}"
        }
        #expect(questions[0].answer == "B")
        #expect(questions[0].extras?.prompt == "Which?\nA. red\nB. blue")
        #expect(throws: Fault.self) {
            try read(row.replacing(#""answerKey": "2""#, with: #""answerKey": "9""#)) { spec in
                spec.fields = .init(question: "question.stem", answer: "answerKey", options: "question.choices")
            }
        }
    }

    @Test func optionsWithinAQuestionAreFound() throws {
        let questions = try read(#"{"question": "Which? (A) red (B) light blue (C) x.", "gold": "B"}"#) { spec in
            spec.fields = .init(answer: "gold")
            spec.shape = .choice(options: 10)
        }
        #expect(questions[0].extras?.options == ["red", "light blue", "x."])
    }

    @Test func testsAreCalledByTheirEntry() throws {
        let row = #"{"task_id": "t/0", "prompt": "def f():\n", "entry_point": "f", "test": "def check(c): pass\n"}"#
        let questions = try read(row) { spec in
            spec.fields = .init(
                id: "task_id", question: "prompt", tests: "test", entry: "entry_point", testCall: "check({entry})",
                programHead: "prompt")
            spec.metric = MetricSpec(.tests)
        }
        #expect(questions[0].extras?.tests == "def check(c): pass\n\ncheck(f)\n")
        #expect(questions[0].extras?.programHead == "def f():\n")
    }

    @Test func rowsThatDoNotCountAreLeftOut() throws {
        let text =
            #"{"question": "1?", "a": 1, "split": "test"}"# + "\n" + #"{"question": "2?", "a": 2, "split": "dev"}"#
        let questions = try read(text) { $0.fields = .init(answer: "a", only: ["split": "dev"]) }
        #expect(questions.map(\.answer) == ["2"])
    }
}
