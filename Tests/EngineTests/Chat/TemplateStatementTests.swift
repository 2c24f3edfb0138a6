import Engine
import Testing

struct TemplateStatementTests {
    @Test func tellsALoopWhereItIs() throws {
        let source =
            "{% for x in 'abc' %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}"
            + "{{ 'f' if loop.first }}{{ 'l' if loop.last }}{{ loop.length }}"
            + "{{ loop.previtem }}{{ loop.nextitem }} {% endfor %}"
        #expect(try rendered(source) == "103f3b 2123ac 321l3b ")
    }

    @Test func takesPairsApart() throws {
        #expect(try rendered("{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}{{ v }}{% endfor %}") == "a1b2")
        #expect(try rendered("{% set (a, b), c = [1, 2], 3 %}{{ a }}{{ b }}{{ c }}") == "123")
    }

    /// Of 1, 3, 5, 7, 9 the first is kept, 3 passed over, and 7 ends the loop; the loop has five rows.
    @Test func choosesRowsAndLeavesLoops() throws {
        let source =
            "{% for i in range(10) if i is odd %}{% if i == 3 %}{% continue %}{% endif %}"
            + "{% if i > 6 %}{% break %}{% endif %}{{ i }}/{{ loop.length }} {% endfor %}"
        #expect(try rendered(source) == "1/5 5/5 ")
        #expect(try rendered("{% for i in [] %}a{% else %}b{% endfor %}") == "b")
    }

    @Test func forgetsWhatALoopSets() throws {
        #expect(
            try rendered("{% set x = 1 %}{% for i in [1, 2] %}{{ x }}{% set x = x + 5 %}{{ x }}{% endfor %}{{ x }}")
                == "16161")
        #expect(try rendered("{% if true %}{% set x = 1 %}{% endif %}{{ x }}") == "1")
    }

    /// 1 + 0 + 1 + 2.
    @Test func keepsWhatALoopPutsInANamespace() throws {
        #expect(
            try rendered(
                "{% set n = namespace(a=1) %}{% for i in range(3) %}{% set n.a = n.a + i %}{% endfor %}{{ n.a }}")
                == "4")
    }

    @Test func keepsWhatABlockWrites() throws {
        #expect(try rendered("{% set x %} a{{ 1 }} {% endset %}[{{ x }}]") == "[ a1 ]")
        #expect(try rendered("{% set x | trim | upper %} a {% endset %}[{{ x }}]") == "[A]")
    }

    @Test func callsMacros() throws {
        let source = "{% macro m(a, b=2, c=a) %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}"
        #expect(try rendered(source + "{{ m(1) }}{{ m(1, c=5) }}{{ m('q') | upper }}{{ m() }}") == "[121][125][Q2Q][2]")
        #expect(try rendered("{% macro f(n) %}{{ n }}{{ f(n - 1) if n > 0 }}{% endmacro %}{{ f(3) }}") == "3210")
    }

    /// A macro sees the variables where it stands, as they are when it is called, and not those of its caller.
    @Test func macrosSeeWhereTheyStand() throws {
        let source = "{% macro m() %}{{ z }}{{ i }}{% endmacro %}{% set z = 1 %}{% for i in [7] %}{{ m() }}{% endfor %}"
        #expect(try rendered(source) == "1")
        #expect(try rendered("{% for i in [7] %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}") == "7")
    }

    @Test func passesOverMarksOfGeneratedText() throws {
        #expect(try rendered("{% generation %}a{% set q = 1 %}{% endgeneration %}{{ q }}") == "a")
    }
}
