import Engine
import Testing

struct MissingValueTests {
    @Test(arguments: [
        "{{ x }}", "{{ x ~ '' }}", "{{ x | trim }}", "{{ x | join }}", "{% for i in x %}a{% endfor %}",
        "{{ 'a' if x }}",
        "{{ {}.a }}", "{{ [][0] }}", "{{ [] | first }}", "{{ x | default }}",
    ])
    func writesNothing(source: String) throws {
        #expect(try rendered(source) == "")
    }

    @Test func takesAStandard() throws {
        #expect(try rendered("{{ x | default('d') }}{{ '' | default('d') }}{{ '' | default('d', true) }}") == "dd")
        #expect(try rendered("{{ x | length }}{{ x == y }}{{ x == none }}") == "0TrueFalse")
    }

    @Test(arguments: [
        "{{ x.a }}", "{{ x['a'] }}", "{{ x + 'a' }}", "{{ x < 1 }}", "{{ -x }}", "{{ x[1:] }}", "{{ x | int }}",
    ])
    func isRefusedWhereAValueIsNeeded(source: String) {
        #expect(
            refusal(source) == "chat template, line 1: x has no value, and one is needed here. "
                + "Give the conversation what this model's template asks for.")
    }
}
