import Bench
import Core
import Testing

struct AnswerExtractorTests {
    private func choice(_ text: String, options: [String] = ["red", "dark green", "blue"]) throws -> (String?, String?)
    {
        let suite = try Suite.builtIn("mmlu-pro")
        let question = GradedQuestion(id: "1", question: "?", answer: "B", extras: .init(options: options))
        let strict = try AnswerExtractor(suite.spec.strict, of: "x")
        let flexible = try AnswerExtractor(suite.spec.flexible, of: "x")
        let shape = AnswerShape.choice(options: options.count)
        return (
            strict.extract(from: text, to: question, shape: shape),
            flexible.extract(from: text, to: question, shape: shape)
        )
    }

    @Test func aLetterIsFoundInBracketsThenByItsTextThenAfterAColon() throws {
        #expect(try choice("The answer is (B).") == ("B", "B"))
        #expect(try choice("(A) is wrong, so (C)") == (nil, "C"))
        #expect(try choice("It must be Dark Green!") == (nil, "B"))
        #expect(try choice("Final: C") == (nil, "C"))
        #expect(try choice("no idea") == (nil, nil))
        #expect(try choice("red, blue, red") == (nil, "A"))
    }

    @Test func anOptionWithoutLettersOrDigitsIsNoAnswer() throws {
        #expect(try choice("hm", options: ["?", "!"]) == (nil, nil))
    }

    @Test func theProgramOfAnAnswerIsItsFirstBlockThatDefinesSomething() throws {
        let suite = try Suite.builtIn("humaneval")
        let extractor = try AnswerExtractor(suite.spec.strict, of: "x")
        let question = GradedQuestion(id: "1", question: "?", answer: "")
        func code(_ text: String) -> String? { extractor.extract(from: text, to: question, shape: .automatic) }
        #expect(
            code("Run this:\n```\npip install x\n```\n```python\ndef f():\n    return 1\n```\nDone.")
                == "def f():\n    return 1\n")
        #expect(code("```python\ndef f(): return 1") == "def f(): return 1", "a block that was cut")
        #expect(code("def f(): return 1") == "def f(): return 1")
        #expect(code("  \n") == nil)
    }

    @Test func whatAnAnswerMeansIsWhatItMarksElseItsLastLine() throws {
        let extractor = try AnswerExtractor(ExtractorSpec(.meaning), of: "x")
        let question = GradedQuestion(id: "1", question: "?", answer: "")
        #expect(extractor.extract(from: "so\n\\boxed{\\frac12}", to: question, shape: .automatic) == "\\frac12")
        #expect(extractor.extract(from: "<think>5</think>seven\n", to: question, shape: .exact) == "seven")
        #expect(extractor.extract(from: "first 3, then 12", to: question, shape: .number) == "12")
    }

    @Test func aPatternThatIsNoneIsRefused() {
        var spec = Suite.gsm8k.spec
        spec.strict.pattern = "(["
        let fault = #expect(throws: Fault.self) { try Suite(spec) }
        #expect(fault?.found == "\"([\" is no pattern")
    }
}
