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
        let form = #"Expected {"question": "…", "answer": "… #### 42"}."#
        for bad in ["rubbish", "[]", "{}", #####"{"question": 3, "answer": "#### 3"}"#####, "{\"question\": \"\u{0}"] {
            #expect(
                refusal(Data("\(line)\n\(bad)\n".utf8)) == "x.jsonl:2: is not a question of this suite. \(form)",
                "\(bad)")
        }
        #expect(
            refusal(Data(#"{"question": "?", "answer": "twelve"}"#.utf8))
                == "x.jsonl:1: the answer does not end with \"#### \" and a number.")
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(
            refusal(Data([0xFF, 0xFE, 0x00, 0x0A]))?.hasPrefix("x.jsonl:1: is not a question of this suite.") == true)
        #expect(refusal(Data([0x1F, 0x8B, 0x08]))?.hasPrefix("x.jsonl:1:") == true)
    }

    @Test func anEndlessLineIsRefusedBeforeItIsRead() {
        let long = Data(repeating: UInt8(ascii: "["), count: (1 << 20) + 1)
        #expect(refusal(Data("\(line)\n".utf8) + long) == "x.jsonl:2: is longer than 1 MiB.")
    }

    @Test func deeplyNestedInputIsRefusedWithoutACrash() {
        #expect(refusal(Data(repeating: UInt8(ascii: "["), count: 1 << 20))?.hasPrefix("x.jsonl:1:") == true)
    }

    @Test func aFileWithoutAQuestionIsRefused() {
        #expect(refusal(Data(" \n\t\n\r\n".utf8)) == "x.jsonl: holds no question. One JSON object a line.")
        #expect(refusal(Data()) == "x.jsonl: holds no question. One JSON object a line.")
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
