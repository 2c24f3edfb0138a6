import Bench
import Testing

struct HarnessMatchTests {
    @Test func theStrictRuleTakesTheFirstNumberAfterHashes() {
        #expect(StrictMatch().extract(from: "3 * 4 = 12\n#### 12\n#### 13") == "12")
        #expect(StrictMatch().extract(from: "#### -1,234.50 dollars") == "-1,234.50")
        #expect(StrictMatch().extract(from: "#### \n#### 8") == "8")
    }

    @Test func theStrictRuleFindsNothingInOtherForms() {
        for text in ["", "####", "#### ", "####5", "#### $5", "#### -", "The answer is 5"] {
            #expect(StrictMatch().extract(from: text) == nil, "\(text)")
        }
    }

    @Test func theFlexibleRuleTakesTheLastNumberWithWhatClingsToIt() {
        #expect(FlexibleMatch().extract(from: "12 eggs and 7 more") == "7")
        #expect(FlexibleMatch().extract(from: "It costs $1,250.00.") == "$1,250.00.")
        #expect(FlexibleMatch().extract(from: "that is -5") == "-5")
        #expect(FlexibleMatch().extract(from: "5 apples...") == "...")
        #expect(FlexibleMatch().extract(from: "no number, none.") == nil)
    }

    @Test func answersAreEqualWithoutCommasDollarsHashesAndAFinalPoint() {
        #expect(HarnessEquality.areEqual("$1,250.", "1250"))
        #expect(HarnessEquality.areEqual("so #### 5", "5"))
        #expect(!HarnessEquality.areEqual("5.0", "5"))
        #expect(!HarnessEquality.areEqual("5..", "5"))
        #expect(HarnessEquality.areEqual("##,## 6", "6"), "commas go first, and hashes may come of it")
    }

    @Test func everyRuleAgreesWithPythonOnManyTexts() {
        #expect(HarnessCase.all.count == HarnessCase.lineCount)
        #expect(HarnessCase.all.count > 150)
        for known in HarnessCase.all {
            #expect(StrictMatch().extract(from: known.text) == known.strict, "\(known.text.debugDescription)")
            #expect(FlexibleMatch().extract(from: known.text) == known.flexible, "\(known.text.debugDescription)")
            // Compared as bytes: Swift calls canonically equal texts equal, Python does not.
            #expect(
                Array(HarnessEquality.normalised(known.text).utf8) == Array(known.normalised.utf8),
                "\(known.text.debugDescription)")
        }
    }
}
