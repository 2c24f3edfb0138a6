import Engine
import Testing

struct TemplateFilterTests {
    @Test(arguments: [
        ("' a ' | trim", "a"), ("'xax' | trim('x')", "a"), ("'aB' | upper", "AB"), ("'aB' | lower", "ab"),
        ("'hELLO x' | capitalize", "Hello x"), ("'a-b (c) it\\'s' | title", "A-B (C) It's"),
        ("'aXbX' | replace('X', '-', 1)", "a-bX"),
        ("[1, 'b'] | join('-')", "1-b"), ("1 | string | length", "1"), ("'a\\nb\\n\\nc' | indent(2)", "a\n  b\n\n  c"),
        ("'a\\nb' | indent(2, true)", "  a\n  b"), ("'abc' | reverse", "cba"),
    ])
    func makesTexts(expression: String, answer: String) throws {
        #expect(try rendered("{{ \(expression) }}") == answer)
    }

    @Test(arguments: [
        ("[3, 1, 2] | sort", "[1, 2, 3]"), ("['b', 'A'] | sort", "['A', 'b']"),
        ("['b', 'A', 'c'] | sort(reverse=true)", "['c', 'b', 'A']"),
        ("[{'a': 2}, {'a': 1}] | sort(attribute='a') | map(attribute='a') | list", "[1, 2]"),
        ("[1, 2, 1] | unique | list", "[1, 2]"), ("[1, 2.5] | sum", "3.5"),
        ("[{'a': {'b': 3}}] | sum(attribute='a.b')", "3"),
        ("{'b': 1, 'A': 2} | dictsort", "[('A', 2), ('b', 1)]"), ("[1, 2] | reverse | list", "[2, 1]"),
        ("'abc' | last", "c"),
        ("{'a': 1} | items | list", "[('a', 1)]"), ("[2, 3, 1] | max", "3"), ("'é' | length", "1"),
    ])
    func arrangesLists(expression: String, answer: String) throws {
        #expect(try rendered("{{ \(expression) }}") == answer)
    }

    @Test(arguments: [
        ("selectattr('r', 'equalto', 'u')", "1"), ("rejectattr('r', 'equalto', 'u')", "2"), ("selectattr('c')", "1"),
        ("rejectattr('c', 'defined')", "2"),
    ])
    func choosesByMembers(filter: String, answer: String) throws {
        let rows = "[{'r': 'u', 'n': 1, 'c': true}, {'r': 'a', 'n': 2}]"
        #expect(try rendered("{{ \(rows) | \(filter) | map(attribute='n') | join }}") == answer)
    }

    @Test func choosesAndMapsByName() throws {
        #expect(try rendered("{{ [0, 1, 2, 3] | select('odd') | list }}{{ [0, 1] | reject | list }}") == "[1, 3][0]")
        #expect(
            try rendered("{{ ['a ', ' b'] | map('trim') | join }}{{ [{}] | map(attribute='a', default=9) | list }}")
                == "ab[9]")
    }

    @Test(arguments: [
        ("'3.7' | int", "3"), ("'x' | int(9)", "9"), ("'0x1f' | int(base=16)", "31"), ("'1e3' | float", "1000.0"),
        ("2.5 | round", "2.0"), ("3.14159 | round(2)", "3.14"), ("2.1 | round(method='ceil')", "3.0"),
        ("-3 | abs", "3"),
    ])
    func givesNumbers(expression: String, answer: String) throws {
        #expect(try rendered("{{ \(expression) }}") == answer)
    }

    /// As `json.dumps` with `ensure_ascii=False`: no HTML escapes, members in order, spaces behind commas and colons.
    @Test func writesJSON() throws {
        let value: TemplateValue = .mapping([
            "b": .list([1, .number(2), "é\"\\\n\u{1}/<&", .none, true]), "a": .mapping([:]),
        ])
        #expect(
            try rendered("{{ x | tojson }}", ["x": value])
                == #"{"b": [1, 2.0, "é\"\\\n\u0001/<&", null, true], "a": {}}"#)
        #expect(
            try rendered("{{ {'b': 1, 'a': [2]} | tojson(indent=2) }}") == "{\n  \"b\": 1,\n  \"a\": [\n    2\n  ]\n}")
        #expect(
            try rendered("{{ {'b': 1, 'a': 2} | tojson(sort_keys=true, separators=(',', ':')) }}") == #"{"a":2,"b":1}"#)
        #expect(try rendered("{{ '😀' | tojson(ensure_ascii=true) }}") == #""\ud83d\ude00""#)
    }
}
