import Bench
import Core
import Testing

/// The rules of GSM8K in its suite's file find and compare what the harness's own do.
struct HarnessMatchTests {
    private func strict(_ text: String) throws -> String? { try found(text, Suite.gsm8k.spec.strict) }
    private func flexible(_ text: String) throws -> String? { try found(text, Suite.gsm8k.spec.flexible) }
    private var equality: TextEquality { get throws { try TextEquality(Suite.gsm8k.spec.metric, of: "gsm8k") } }

    private func found(_ text: String, _ spec: ExtractorSpec) throws -> String? {
        try AnswerExtractor(spec, of: "gsm8k").extract(
            from: text, to: GradedQuestion(id: "1", question: "?", answer: ""), shape: .number)
    }

    @Test func theStrictRuleTakesTheFirstNumberAfterHashes() throws {
        #expect(try strict("3 * 4 = 12\n#### 12\n#### 13") == "12")
        #expect(try strict("#### -1,234.50 dollars") == "-1,234.50")
        #expect(try strict("#### \n#### 8") == "8")
    }

    @Test func theStrictRuleFindsNothingInOtherForms() throws {
        for text in ["", "####", "#### ", "####5", "#### $5", "#### -", "The answer is 5"] {
            #expect(try strict(text) == nil, "\(text)")
        }
    }

    @Test func theFlexibleRuleTakesTheLastNumberWithWhatClingsToIt() throws {
        #expect(try flexible("12 eggs and 7 more") == "7")
        #expect(try flexible("It costs $1,250.00.") == "$1,250.00.")
        #expect(try flexible("that is -5") == "-5")
        #expect(try flexible("5 apples...") == "...")
        #expect(try flexible("no number, none.") == nil)
    }

    @Test func answersAreEqualWithoutCommasDollarsHashesAndAFinalPoint() throws {
        let equality = try equality
        #expect(equality.areEqual("$1,250.", "1250"))
        #expect(equality.areEqual("so #### 5", "5"))
        #expect(!equality.areEqual("5.0", "5"))
        #expect(!equality.areEqual("5..", "5"))
        #expect(equality.areEqual("##,## 6", "6"), "commas go first, and hashes may come of it")
    }

    @Test func everyRuleAgreesWithPythonOnManyTexts() throws {
        #expect(HarnessCase.all.count == HarnessCase.lineCount)
        #expect(HarnessCase.all.count > 150)
        let equality = try equality
        for known in HarnessCase.all {
            #expect(try strict(known.text) == known.strict, "\(known.text.debugDescription)")
            #expect(try flexible(known.text) == known.flexible, "\(known.text.debugDescription)")
            // Compared as bytes: Swift calls canonically equal texts equal, Python does not.
            #expect(
                Array(equality.normalised(known.text).utf8) == Array(known.normalised.utf8),
                "\(known.text.debugDescription)")
        }
    }
}
