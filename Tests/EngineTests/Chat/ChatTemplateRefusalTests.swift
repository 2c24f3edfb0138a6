import Engine
import Testing

struct ChatTemplateRefusalTests {
    @Test func namesATagThatIsNotKnown() {
        #expect(
            refusal("a\n{% include 'x' %}") == "chat template, line 2: there is no tag “include” here, expected one of "
                + "if, for, set, macro, generation, break, continue, raw. Use another download of this model.")
    }

    @Test func namesAFilterATestAMethodAndAFunction() {
        #expect(
            refusal("\n{{ 1 | wash }}").hasPrefix(
                "chat template, line 2: there is no filter “wash” here, expected one of abs, "))
        #expect(
            refusal("{{ 1 is odder }}").hasPrefix(
                "chat template, line 1: there is no test “odder” here, expected one of !=, "))
        #expect(
            refusal("{{ 'a'.wash() }}").hasPrefix(
                "chat template, line 1: there is no method “wash” here, expected one of capitalize, "))
        #expect(
            refusal("{{ wash() }}")
                == "chat template, line 1: there is no function “wash” here, expected one of range, "
                + "namespace, dict, raise_exception, strftime_now. Use another download of this model.")
    }

    /// Nothing is refused for what it is not asked to do.
    @Test func anUnknownFilterThatIsNotReachedDoesNoHarm() throws {
        #expect(try rendered("{% if false %}{{ 1 | wash }}{% endif %}a") == "a")
    }

    @Test(arguments: ["[1].append(2)", "{}.update({})", "{}.pop('a')", "''.__class__()", "''.format(1)"])
    func changesAndSecretsAreNoMethods(call: String) {
        #expect(refusal("{{ \(call) }}").contains("there is no method"))
    }

    @Test(arguments: [
        ("{{ 1 +", "found “the end of the template”, expected }} to close a tag."),
        ("{% if true %}a", "found “the end of the template”, expected elif or else or endif."),
        ("{{ (1 }}", "found “}”, expected brackets in pairs."), ("{{ 1 2 }}", "found “2”, expected }}."),
        ("{# a", "found “{#”, expected #} behind it."), ("{{ 'a }}", "found “'”, expected another ' behind it."),
        ("{% break %}", "found “break”, expected it inside a for."), ("{% set = 1 %}", "found “=”, expected a name."),
        ("{{ ? }}", "found “?”, expected a name, a value or a sign."),
        ("{% raw %}", "found “raw”, expected endraw behind it."),
        ("{{ '\\u12' }}", "found “\\u12”, expected 4 hexadecimal digits of a character."),
        ("{{ 99999999999999999999 }}", "found “99999999999999999999”, expected a number of 63 bits."),
    ])
    func saysWhatIsNotWritten(source: String, sentence: String) {
        #expect(refusal("\n" + source) == "chat template, line 2: \(sentence) Use a download with a sound template.")
    }

    @Test(arguments: [
        ("'a' + 1", "found a text + a number, expected two numbers, two texts or two lists."),
        ("1 < 'a'", "found a number compared with a text, expected two numbers or two texts."),
        ("1 / 0", "found a division by zero, expected another divisor."),
        ("1 in 2", "found in a number, expected a text, a list or a mapping."),
        ("{[]: 1}", "found a list as a key, expected a text or a number."),
        ("9223372036854775807 + 1", "found 9223372036854775807 + 1, expected a result of 63 bits."),
        ("'a'.strip(1)", "found a number for strip, expected a text."),
        ("1()", "found a call of a number, expected a function or a macro."),
        ("'a' | trim(x=1)", "found the argument x for trim, expected one of chars."),
        ("none | length", "found none for length, expected a list, a mapping or a text."),
    ])
    func saysWhatCannotBeDone(expression: String, sentence: String) {
        #expect(
            refusal("{{ \(expression) }}") == "chat template, line 1: \(sentence) "
                + "Give the conversation in the form that this model's template asks for.")
    }

    @Test func handsOnWhatTheTemplateSays() {
        #expect(
            refusal("a\n{{ raise_exception('Roles must alternate') }}")
                == "chat template, line 2: the template refuses this conversation: Roles must alternate")
    }

    @Test func namesTheLineInsideAMacro() {
        #expect(
            refusal("{% macro m() %}\n\n{{ x.y }}{% endmacro %}\n{{ m() }}").hasPrefix(
                "chat template, line 3: x has no value"))
    }
}
