import Bench
import Testing

struct MeaningEqualityTests {
    @Test(arguments: [
        ("1,234.50", "1234.5"), ("$5", "5"), ("€ 12", "12"), ("12 euros", "12"), ("5 km", "5"), ("-3", "−3"),
        ("50%", "50"), ("50 %", "0.5"), ("50 percent", "0.5"), ("3/4", "0.75"), ("2 1/2", "2.5"), ("1.2e3", "1200"),
        ("1.2 \\times 10^{3}", "1200"), ("3 * 10^-2", "0.03"), ("\\frac{3}{4}", "0.75"), ("\\dfrac34", "3/4"),
        ("\\boxed{42}", "42"), ("**42**", "42"), ("The answer is \\boxed{\\frac{1}{2}}.", "0.5"), ("x = 7", "7"),
        ("90^\\circ", "90"), ("1,000,000", "10^6"), ("$\\$18.00$", "18"), ("7.", "7"),
    ]) func theseNumbersAreEqual(answer: String, gold: String) {
        #expect(MeaningEquality.areEqual(answer, gold), "\(answer) = \(gold)")
        #expect(MeaningEquality.areEqual(gold, answer), "\(gold) = \(answer)")
    }

    @Test(arguments: [
        ("5", "6"), ("1,23", "123"), ("50%", "5"), ("3/4", "4/3"), ("12", "12x"), ("yes", "no"), ("", "5"),
        ("1 2", "12"), ("2.5", "2 1/3"), ("(1, 2)", "(2, 1)"), ("{1, 2}", "{1, 3}"), ("\\sqrt{2}", "1.414"),
        ("x + 1", "x - 1"), ("x", "y"), ("1e400", "1e401"),
    ]) func theseAreNot(answer: String, gold: String) {
        #expect(!MeaningEquality.areEqual(answer, gold), "\(answer) ≠ \(gold)")
    }

    @Test(arguments: [
        ("x(x+1)", "x^2 + x"), ("2\\sqrt{3}", "\\sqrt{12}"), ("\\frac{\\sqrt{2}}{2}", "1/\\sqrt{2}"),
        ("2\\pi", "6.283185307179586"),
        ("(a+b)^2", "a^2+2ab+b^2".replacing("2ab", with: "2a*b")), ("\\sin(x)^2 + \\cos(x)^2 + x - 1", "x"),
        ("(1, 2)", "( 1.0, 2 )"), ("\\{1, 2\\}", "\\{2, 1\\}"), ("5!", "120"),
        ("\\left(3, \\frac{1}{2}\\right)", "(3, 0.5)"),
        ("-x^2", "-(x*x)"), ("Paris", "paris"), ("\\text{even}", "even"),
    ]) func formulasAreComparedByValue(answer: String, gold: String) {
        #expect(MeaningEquality.areEqual(answer, gold), "\(answer) = \(gold)")
    }

    @Test func endlessBracketsAreNoFormula() {
        let deep = String(repeating: "(", count: 300) + "1" + String(repeating: ")", count: 300)
        #expect(!MeaningEquality.areEqual(deep, "1"))
        #expect(!MeaningEquality.areEqual(String(repeating: "-", count: 399), "1"))
        #expect(!MeaningEquality.areEqual("\\frac{1}{0}", "5"))
    }
}
