import Engine
import Testing

struct TemplateExpressionTests {
    /// Filters bind before operators, `~` before `+`, products before sums, `**` from the left, a sign before `**`.
    @Test(arguments: [
        ("'b' + 'a' | upper", "bA"), ("('b' + 'a') | upper", "BA"), ("2 + 3 * 4", "14"), ("2 * 3 ~ 4", "64"),
        ("2 ** 3 ** 2", "64"), ("-2 ** 2", "4"), ("not 1 == 2", "True"), ("true or false and false", "True"),
        ("1 - -1", "2"), ("-1 | abs", "1"), ("1 < 2 < 3", "True"), ("1 < 3 < 2", "False"), ("'a' 'b'", "ab"),
    ])
    func bindsAsJinjaDoes(expression: String, answer: String) throws {
        #expect(try rendered("{{ \(expression) }}") == answer)
    }

    /// Python rounds quotients down, so -7 = -3 · 3 + 2 and 7 = -3 · -3 - 2.
    @Test(arguments: [
        ("7 // 2", "3"), ("-7 // 2", "-4"), ("-7 % 3", "2"), ("7 % -3", "-2"), ("7 / 2", "3.5"), ("4 / 2", "2.0"),
        ("7.5 // 2", "3.0"), ("2 ** -1", "0.5"), ("true + 1", "2"), ("'ab' * 2", "abab"), ("[1] + [2]", "[1, 2]"),
    ])
    func calculatesAsPythonDoes(expression: String, answer: String) throws {
        #expect(try rendered("{{ \(expression) }}") == answer)
    }

    @Test(arguments: [
        ("'abcdef'[1:3]", "bc"), ("'abc'[-1]", "c"), ("'abc'[::-1]", "cba"), ("[1, 2, 3][1:]", "[2, 3]"),
        ("[1, 2, 3][:-1]", "[1, 2]"), ("[1, 2, 3][2:0:-1]", "[3, 2]"), ("[1, 2, 3][-9:9]", "[1, 2, 3]"),
        ("[1, 2][5:]", "[]"), ("(1, 2, 3)[1:]", "(2, 3)"), ("'abc'[5]", ""),
    ])
    func slices(expression: String, answer: String) throws {
        #expect(try rendered("{{ \(expression) }}") == answer)
    }

    @Test(arguments: [
        ("1 == 1.0 == true", "True"), ("'a' in 'cab'", "True"), ("2 not in [1]", "True"), ("'k' in {'k': 1}", "True"),
        ("[1, [2]] == [1, [2]]", "True"), ("(1,) == [1]", "False"), ("none == false", "False"),
        ("[1, 2] < [1, 3]", "True"), ("'Z' < 'a'", "True"), ("{'a': 1} == {'a': 1.0}", "True"),
    ])
    func compares(expression: String, answer: String) throws {
        #expect(try rendered("{{ \(expression) }}") == answer)
    }

    /// One é is one scalar, the other two: Python tells them apart and counts scalars.
    @Test func seesScalarsInTexts() throws {
        #expect(try rendered("{{ 'é' == 'e\u{301}' }}{{ 'e\u{301}' | length }}{{ '\\r\\n' | length }}") == "False22")
    }

    @Test func choosesAndGivesOperands() throws {
        #expect(try rendered("{{ 'a' if x else 'b' if true else 'c' }}") == "b")
        #expect(try rendered("{{ 'a' if false }}") == "")
        #expect(try rendered("{{ '' or 'x' }}{{ 0 and 'y' }}") == "x0")
    }

    @Test func readsEscapes() throws {
        #expect(try rendered(#"{{ 'a\n\t\x41\u00e9\'\\\q\101' }}"#) == "a\n\tAé'\\\\qA")
    }

    /// Mappings keep their order; a name given twice keeps its first place.
    @Test func writesValuesAsPythonDoes() throws {
        #expect(
            try rendered("{{ [1, 'a', none, true, 1.5, (1,), {'b': 1, 'a': [], 'b': 2}] }}")
                == "[1, 'a', None, True, 1.5, (1,), {'b': 2, 'a': []}]")
        #expect(try rendered(#"{{ ["it's", 'a"', "\n\x00"] }}"#) == #"["it's", 'a"', '\n\x00']"#)
    }

    /// Exponents below 1e-4 and from 1e16 on.
    @Test(arguments: [
        ("1e15", "1000000000000000.0"), ("1e16", "1e+16"), ("0.0001", "0.0001"), ("0.00001", "1e-05"),
        ("123456.789", "123456.789"), ("1.5e22", "1.5e+22"), ("-0.0", "-0.0"), ("5e-324", "5e-324"),
    ])
    func writesNumbersAsPythonDoes(expression: String, answer: String) throws {
        #expect(try rendered("{{ \(expression) }}") == answer)
    }
}
