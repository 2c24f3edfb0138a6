import Engine
import Support
import Testing

/// Whatever is done to a template, it is rendered or refused, the same way each time.
struct TemplateFuzzTests {
    private static let sources = [
        "{%- for m in messages %}\n  {{- '<|' + m.role + '|>' + m['content'] | trim }}{% if loop.last %}"
            + "{{ eos_token }}{% endif %}\n{% endfor %}",
        "{% set ns = namespace(a=0, b=[]) %}{% for k, v in x.items() if v is not none %}"
            + "{% set ns.a = ns.a + v * 2 %}{% endfor %}{{ ns.a }}",
        "{% macro t(s, d=0) %}{% if s is mapping and d < 9 %}{{ s | tojson(indent=2) }}"
            + "{{ t(s['a'], d + 1) }}{% else %}{{ s }}{% endif %}{% endmacro %}{{ t(x) }}",
        "{{ 'a,b'.split(',')[::-1] | map('upper') | join('-') ~ (1 if x else 2.5) // 2 }}{# c #}{% raw %}"
            + "{{ r }}{% endraw %}",
        "{% set t %}a{{ [1, 2][0:1] | sort(reverse=true) | list }}{% endset %}"
            + "{{ t | indent(2) | replace('a', 'b') }}{% if 1 < 2 <= 3 and not 'q' in t %}y{% elif x %}z{% endif %}",
    ]
    private static let words = [
        "{%", "%}", "{{", "}}", "{#", "#}", "-", "+", "*", "**", "//", "~", "|", "(", ")", "[", "]", "{", "}", ":", ",",
        ".", "'", "\"",
        "\\", " in ", " is ", " not ", " if ", " else ", "for", "endfor", "set", "endset", "macro", "endmacro", "endif",
        "loop", "x", "0", "99999",
        "none", "\n", "é", "\u{301}", "=", "==", "<", "namespace", "range(9)", "tojson", "items()",
    ]

    @Test(arguments: 0..<40)
    func neverCrashes(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let variables = ChatVariables(endOfText: "</s>", others: ["x": .mapping(["a": 1, "b": .none])])
        let turns = [ChatTurn(role: "user", content: "hi"), ChatTurn(role: "assistant", content: "yes")]
        func outcome(_ source: String) -> String {
            do { return try ChatTemplate(source).render(turns, with: variables) } catch { return "\(error)" }
        }
        var refusals = 0
        for _ in 0..<100 {
            var scalars = Array(Self.sources.randomElement(using: &random)?.unicodeScalars ?? "".unicodeScalars)
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let start = Int.random(in: 0...scalars.count, using: &random)
                let end = min(scalars.count, start + Int.random(in: 0..<6, using: &random))
                let word = Array((Self.words.randomElement(using: &random) ?? "").unicodeScalars)
                scalars.replaceSubrange(start..<end, with: Bool.random(using: &random) ? word : [])
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            let source = String(view)
            let first = outcome(source)
            if first.hasPrefix("chat template") { refusals += 1 }
            #expect(outcome(source) == first)
        }
        #expect(refusals > 0)
    }
}
