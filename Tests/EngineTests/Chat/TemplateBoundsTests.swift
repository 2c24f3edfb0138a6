import Engine
import Foundation
import Testing

/// A template is a program from a stranger; each of these would take all time, all memory or the whole stack.
struct TemplateBoundsTests {
    private static let loops = (0..<5).map { "{% for a\($0) in range(100) %}" }.joined()
    private static let grown = "{% set n = namespace(x='aaaaaaaaaaaaaaaa') %}{% for i in range(60) %}"
    private static let listed =
        "{% set n = namespace(x=[1]) %}{% for i in range(90) %}{% set n.x = [n.x, n.x] %}{% endfor %}"

    /// A template that is too much of something; tests are named by its name, for some sources are long.
    struct Excess: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let source: String
        let bound: String

        init(_ name: String, _ source: String, bound: String) {
            testDescription = name
            self.source = source
            self.bound = bound
        }
    }

    @Test(arguments: [
        Excess("loops", loops + "a" + String(repeating: "{% endfor %}", count: 5), bound: "1000000 steps of work"),
        Excess("range", "{{ range(100002) }}", bound: "100000 numbers in one range"),
        Excess("wideRange", "{{ range(0, 9223372036854775807) }}", bound: "100000 numbers in one range"),
        Excess("repeat", "{{ 'ab' * 9223372036854775807 }}", bound: "16777216 bytes in one text"),
        Excess("doubling", grown + "{% set n.x = n.x + n.x %}{% endfor %}", bound: "16777216 bytes in one text"),
        Excess(
            "replacing", grown + "{% set n.x = n.x | replace('a', n.x) %}{% endfor %}",
            bound: "16777216 bytes in one text"),
        Excess(
            "joining", grown + "{% set n.x = n.x.join([n.x] * 1000) %}{% endfor %}", bound: "16777216 bytes in one text"
        ),
        Excess(
            "manyTexts", "{% set x = 'a' * 9999999 %}{% for i in range(99) %}{% set y = x + 'b' %}{% endfor %}",
            bound: "134217728 bytes of texts and lists made on the way"),
        Excess("output", "{% set x = 'a' * 9999999 %}{{ x }}{{ x }}", bound: "16777216 bytes in one text"),
        Excess(
            "repeatedList", "{{ [1, 2] * 9223372036854775807 }}",
            bound: "134217728 bytes of texts and lists made on the way"),
        Excess("printedSharing", listed + "{{ n.x }}", bound: "1000000 steps of work"),
        Excess("jsonSharing", listed + "{{ n.x | tojson }}", bound: "1000000 steps of work"),
        Excess("comparedSharing", listed + "{{ n.x == [n.x[0], n.x[1]] }}", bound: "1000000 steps of work"),
        Excess(
            "deepList", "{% set n = namespace(x=1) %}{% for i in range(1000) %}{% set n.x = [n.x] %}{% endfor %}",
            bound: "100 levels of nesting"),
        Excess(
            "deepMapping",
            "{% set n = namespace(x=1) %}{% for i in range(1000) %}{% set n.x = {'a': n.x} %}{% endfor %}",
            bound: "100 levels of nesting"),
        Excess("macroCallingItself", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", bound: "200 levels of nesting"),
        Excess(
            "brackets",
            "{{ " + String(repeating: "(", count: 100_000) + "1" + String(repeating: ")", count: 100_000) + " }}",
            bound: "40 levels of nesting"),
        Excess("nots", "{{ " + String(repeating: "not ", count: 100_000) + "1 }}", bound: "40 levels of nesting"),
        Excess("signs", "{{ " + String(repeating: "-", count: 100_000) + "1 }}", bound: "40 levels of nesting"),
        Excess("sum", "{{ 1" + String(repeating: " + 1", count: 100_000) + " }}", bound: "100 levels of nesting"),
        Excess("members", "{{ x" + String(repeating: ".y", count: 100_000) + " }}", bound: "100 levels of nesting"),
        Excess(
            "filters", "{{ x" + String(repeating: " | trim", count: 100_000) + " }}", bound: "100 levels of nesting"),
        Excess(
            "choices",
            "{{ 1" + String(repeating: " if 1 else 1", count: 50_000) + " }}", bound: "40 levels of nesting"),
        Excess("ifs", String(repeating: "{% if 1 %}", count: 50_000), bound: "40 levels of nesting"),
        Excess("size", String(repeating: "a", count: (1 << 20) + 1), bound: "1048576 bytes of template"),
    ])
    func areKept(excess: Excess) {
        let answer = refusal(excess.source)
        #expect(answer.contains("found more than \(excess.bound), expected at most that."))
    }

    @Test func valuesOfTheCallerAreBoundedToo() {
        var value: TemplateValue = 1
        for _ in 0..<500 { value = .list([value]) }
        #expect(refusal("a", ["x": value]).contains("100 levels of nesting"))
    }

    /// 200 thousand letters in which a tenth as many never end alike: a plain search would take 4 billion steps.
    @Test func aSearchIsLinear() throws {
        let source =
            "{% set x = 'a' * 200000 %}{% set y = 'a' * 20000 + 'b' %}"
            + "{{ y in x }}{{ x.find(y) }}{{ x.split(y) | length }}"
        #expect(try rendered(source) == "False-11")
    }

    #if DEBUG
        /// Code that is not optimised takes ten times the stack.
        private static let stackBytes = 8 << 20
    #else
        private static let stackBytes = 512 << 10
    #endif

    /// The deepest that is accepted runs on half a megabyte of stack, the least that threads have here and there.
    @Test func theDeepestRunsOnASmallStack() async {
        let deep =
            "{% macro m(n) %}{% for i in [1] %}{% if true %}{{ ('' ~ (m(n + 1) | trim)) }}{% endif %}{% endfor %}"
            + "{% endmacro %}{{ m(0) }}"
        let brackets = "{{ " + String(repeating: "[", count: 38) + String(repeating: "]", count: 38) + " }}"
        let chain = "{{ 'a'" + String(repeating: " + 'a'", count: 98) + " }}"
        let answers: [String] = await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: [deep, brackets, chain].map { refusal($0) }) }
            thread.stackSize = Self.stackBytes
            thread.start()
        }
        #expect(answers[0].contains("200 levels of nesting"))
        #expect(answers[1] == "rendered: " + String(repeating: "[", count: 38) + String(repeating: "]", count: 38))
        #expect(answers[2] == "rendered: " + String(repeating: "a", count: 99))
    }
}
