import Aggregation
import Core
import Testing

struct AnswerExtractionTests {
    @Test(arguments: [
        ("So 3 + 4 = 7.\n#### 7", "7"), ("The answer is 1,234.50 dollars.", "1234.5"), ("Answer: $18", "18"),
        ("**Answer:** 42", "42"), ("It is \\boxed{3/4} of it", "0.75"), ("We get 5, then 6, then 12.", "12"),
        ("Answer: 10\nNo wait.\nAnswer: 12", "12"), ("#### -3", "-3"), ("a rate of 12%", "12"),
        ("<think>Answer: 1</think>Answer: 2", "2"), ("x2 = 9 apples in Q4", "9"),
    ])
    func findsNumbers(text: String, expected: String) {
        #expect(AnswerExtraction(shape: .number).extract(from: text) == expected)
    }

    @Test func findsNoNumberWhereThereIsNone() {
        #expect(AnswerExtraction(shape: .number).extract(from: "I do not know.") == nil)
        #expect(AnswerExtraction(shape: .number).extract(from: "") == nil)
    }

    /// arXiv:2503.05641, released code: the last letter followed by a bracket, else the last capital letter alone.
    @Test(arguments: [
        ("The answer is (C)", "C"), ("A) is wrong, so B) it is", "B"), ("I choose D because A is bad. D", "D"),
        ("Answer: b", "B"), ("Answer: B) Paris", "B"), ("It must be option C.", "C"),
    ])
    func findsLetters(text: String, expected: String) {
        #expect(AnswerExtraction(shape: .choice(options: 4)).extract(from: text) == expected)
    }

    @Test func lettersBeyondTheOptionsAreNoAnswer() {
        #expect(AnswerExtraction(shape: .choice(options: 4)).extract(from: "Answer: F") == nil)
        #expect(AnswerExtraction(shape: .choice(options: 10)).extract(from: "Answer: F") == "F")
    }

    @Test func shortTextsAreComparedWithoutCaseAndMarks() {
        let extraction = AnswerExtraction(shape: .exact)
        #expect(extraction.extract(from: "Thinking…\nAnswer: **The Nile**.") == "the nile")
        #expect(extraction.extract(from: "the nile") == "the nile")
        #expect(extraction.extract(from: "Answer: 2026-09-27") == extraction.extract(from: "2026-09-27"))
    }

    @Test func withoutAKnownShapeMarkedAnswersAreComparedByWhatTheyAre() {
        let extraction = AnswerExtraction(shape: .automatic)
        #expect(extraction.extract(from: "So …\nAnswer: 18.0") == extraction.extract(from: "… #### 18"))
        #expect(extraction.extract(from: "The answer is (B)") == extraction.extract(from: "Answer: B"))
        #expect(extraction.extract(from: "Hello, World!") == extraction.extract(from: "hello world"))
    }

    /// Law: whatever bytes an expert sends, extraction ends and finds nothing that is not there.
    @Test func anyTextIsReadWithoutHarm() {
        var random = SeededRandom(seed: 11)
        let alphabet = Array("Answer: #### \\boxed{}()ABC123.,-/$%é\n ")
        for _ in 0..<2_000 {
            let text = String((0..<random.below(60)).map { _ in alphabet[random.below(alphabet.count)] })
            for shape in [AnswerShape.number, .choice(options: 4), .exact, .automatic] {
                if let found = AnswerExtraction(shape: shape).extract(from: text) { #expect(!found.isEmpty) }
            }
        }
    }
}

struct NumberReadingTests {
    @Test(arguments: [
        ("1,234,567", 1_234_567.0), ("$1,000.5", 1_000.5), ("-7", -7), (".5", 0.5), ("3/4", 0.75), ("12%", 12),
        ("5.", 5),
    ])
    func readsWhatPeopleWrite(text: String, value: Double) {
        #expect(NumberReading.first(in: text)?.value == value)
    }

    @Test func aCommaThatGroupsNothingEndsTheNumber() {
        #expect(NumberReading.last(in: "1,2")?.value == 2)
        #expect(NumberReading.first(in: "1,2345")?.value == 1)
    }

    @Test func aDashBetweenNumbersIsNoSign() {
        #expect(NumberReading.last(in: "10-4")?.value == 4)
        #expect(NumberReading.last(in: "10 - -4")?.value == -4)
    }

    @Test func equalValuesHaveOneForm() {
        #expect(NumberReading.first(in: "18.00")?.text == "18")
        #expect(NumberReading.first(in: "0.50")?.text == "0.5")
    }
}
