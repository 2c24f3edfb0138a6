import Bench
import Testing

/// Equal answers get equal numbers, whatever they look like.
struct AnswerKeyTests {
    @Test(arguments: [
        ("64", "$64", "64"), ("1200", "1,200", "1200.0"), ("1/2", "\\frac{1}{2}", "\\dfrac{1}{2}"),
        ("x", "\\text{Sunday}", "Sunday."), ("12", "12 apples", "12"),
    ])
    func equalAnswers(gold: String, first: String, second: String) {
        let numbers = AnswerNumbers.of([first, second, "something else 999"], choices: [], gold: gold)
        #expect(numbers[0] == numbers[1])
        #expect(numbers[0] != numbers[2])
        #expect(numbers[0] >= 0)
    }

    @Test func anOptionIsItsPlace() {
        #expect(
            AnswerNumbers.of(["A", "(C)", "D", "E", ""], choices: ["w", "x", "y", "z"], gold: "B") == [0, 2, 3, -1, -1])
    }
}

private enum AnswerNumbers {
    static func of(_ answers: [String], choices: [String], gold: String) -> [Int32] {
        var key = AnswerKey(choices: choices, gold: gold)
        return answers.map { key.number(of: $0) }
    }
}
