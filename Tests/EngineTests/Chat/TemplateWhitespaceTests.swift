import Engine
import Testing

/// The rules of Jinja with `trim_blocks` and `lstrip_blocks`.
struct TemplateWhitespaceTests {
    @Test func takesOneNewlineBehindATag() throws {
        #expect(try rendered("{% if true %}\n\na{% endif %}\nb") == "\nab")
        #expect(try rendered("{# note #}\nb") == "b")
    }

    @Test func keepsTheNewlineBehindAnOutput() throws {
        #expect(try rendered("{{ 1 }}\n{{ 2 }}") == "1\n2")
    }

    @Test func takesBlanksBeforeATagThatBeginsItsLine() throws {
        #expect(try rendered("a\n  {% if true %}b{% endif %}") == "a\nb")
        #expect(try rendered("  {# note #}b") == "b")
        #expect(try rendered("a  {% if true %}b{% endif %}") == "a  b")
        #expect(try rendered("  {{ 1 }}") == "  1")
    }

    /// The first tag takes its newline, so the second begins a line.
    @Test func aTagBehindATakenNewlineBeginsItsLine() throws {
        #expect(try rendered("{% set a = 1 %}\n  {% set b = 2 %}\n  {{ a }}") == "  1")
    }

    @Test func aMinusTakesAllWhiteSpaceOnItsSide() throws {
        #expect(try rendered("a \n\n {%- if true -%} \n b \n {%- endif -%} \n c") == "abc")
        #expect(try rendered("a \n {{- 1 -}} \n b") == "a1b")
        #expect(try rendered("a \n {#- note -#} \n b") == "ab")
    }

    @Test func aPlusKeepsIt() throws {
        #expect(try rendered("  {%+ if true +%}\nb{% endif %}") == "  \nb")
    }

    @Test func takesOneNewlineFromTheEnd() throws {
        #expect(try rendered("a\n\n") == "a\n")
    }

    @Test func readsEveryLineEndAsOne() throws {
        #expect(try rendered("a\r\nb\rc\n\r\n") == "a\nb\nc\n")
    }

    @Test func keepsRawText() throws {
        #expect(try rendered("{% raw %}{{ x }}{% y %}{% endraw %}") == "{{ x }}{% y %}")
        #expect(try rendered("a {%- raw -%} {# b #} {%- endraw -%} c") == "a{# b #}c")
    }

    @Test func closesAnOutputBehindTheLastBracket() throws {
        #expect(try rendered("{{ {'a': {}} }}") == "{'a': {}}")
        #expect(try rendered("{{ '}}' }}{{ \"{%\" }}") == "}}{%")
    }
}
