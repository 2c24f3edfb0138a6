import Engine
import Testing

struct TemplateMethodTests {
    @Test(arguments: [
        ("'a,b,,c'.split(',')", "['a', 'b', '', 'c']"), ("' a  b '.split()", "['a', 'b']"),
        ("'a b c'.split(' ', 1)", "['a', 'b c']"),
        (" ' a b c '.split(none, 1)", "['a', 'b c ']"), ("'a.b.c'.rsplit('.', 1)", "['a.b', 'c']"),
        ("'aaa'.rsplit('aa')", "['a', '']"),
        ("'a\\nb\\n'.splitlines()", "['a', 'b']"), ("'a=b=c'.partition('=')", "('a', '=', 'b=c')"),
    ])
    func cutsTexts(expression: String, answer: String) throws {
        #expect(try rendered("{{ \(expression) }}") == answer)
    }

    @Test(arguments: [
        ("' a '.strip()", "a"), ("'xax'.lstrip('x')", "ax"), ("'xax'.rstrip('x')", "xa"),
        ("'abc'.removeprefix('a')", "bc"),
        ("'it\\'s'.title()", "It'S"), ("'ab'.replace('', '-')", "-a-b-"), ("'ab'.replace('', '-', 2)", "-a-b"),
        ("'-'.join(['a', 'b'])", "a-b"),
        ("'banana'.find('an', 2)", "3"), ("'béc'.find('c')", "2"), ("'abc'.find('z')", "-1"),
        ("'banana'.count('an')", "2"),
        ("'abc'.startswith(('x', 'a'))", "True"), ("'abc'.endswith('')", "True"), ("'12'.isdigit()", "True"),
        ("'aB'.isupper()", "False"),
    ])
    func changesAndAsksTexts(expression: String, answer: String) throws {
        #expect(try rendered("{{ \(expression) }}") == answer)
    }

    @Test func asksMappings() throws {
        #expect(
            try rendered(
                "{{ x.get('a') }}{{ x.get('b', 5) }}{{ x.get('b') }}{{ x.keys() | list }}", ["x": .mapping(["a": 1])])
                == "15None['a']")
    }

    /// Behind a dot a method comes before a member, in brackets behind it: so it is in Jinja.
    @Test func aMethodHidesAMemberBehindADot() throws {
        let value: TemplateValue = .mapping(["items": 3])
        #expect(try rendered("{{ x.items() | list }}{{ x['items'] }}", ["x": value]) == "[('items', 3)]3")
    }

    @Test func theTestsTellKindsApart() throws {
        let tests = [
            "string", "mapping", "sequence", "iterable", "number", "boolean", "none", "defined", "integer", "float",
        ]
        func those(_ value: String) throws -> String {
            try tests.filter { try rendered("{{ \(value) is \($0) }}") == "True" }.joined(separator: " ")
        }
        #expect(try those("'a'") == "string sequence iterable defined")
        #expect(try those("{}") == "mapping sequence iterable defined")
        #expect(try those("[]") == "sequence iterable defined")
        #expect(try those("true") == "number boolean defined")
        #expect(try those("1") == "number defined integer")
        #expect(try those("1.0") == "number defined float")
        #expect(try those("none") == "none defined")
        #expect(try those("missing") == "iterable")
    }

    @Test func theTestsTakeArguments() throws {
        #expect(
            try rendered("{{ 4 is divisibleby 2 }}{{ 3 is not even }}{{ 1 is in [1] }}{{ 'a' is eq('b') }}")
                == "TrueTrueTrueFalse")
    }
}
