import Core
import Testing

struct FaultWordingTests {
    @Test func saysSubjectFindingExpectationAndNextStep() {
        let fault = Fault(
            .expertTimedOut, "general", "no first token within 60 s",
            expected: "The clock is experts.general.clocks.first_token",
            hint: "Raise it, or see muster expert test general")
        #expect(
            fault.sentence == """
                general: no first token within 60 s. The clock is experts.general.clocks.first_token. Raise it, or see \
                muster expert test general.
                """)
    }

    @Test func causesAreIndentedBelow() {
        let fault = Fault(
            .noExpert, "auto", "every recruited expert failed",
            causes: [Fault(.expertFailed, "a", "said 500"), Fault(.expertUnreachable, "b", "nobody listens")])
        #expect(
            fault.sentence == "auto: every recruited expert failed.\n  - a: said 500.\n  - b: nobody listens.")
    }

    @Test func anUnknownNameComesWithTheNearestOne() {
        let fault = Fault.unknown(.unknownModel, "model", named: "atuo", among: ["auto", "fast"])
        #expect(fault.sentence == "model \"atuo\": there is no such model. Did you mean auto?")
        let lost = Fault.unknown(.unknownModel, "model", named: "gpt-4", among: ["auto", "fast"])
        #expect(lost.sentence == "model \"gpt-4\": there is no such model. There are auto, fast.")
    }

    @Test func aSecretNeverShowsItself() {
        let secret = Secret(variable: "KEY", value: "sk-very-secret")
        var dumped = ""
        dump(secret, to: &dumped)
        for shown in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!shown.contains("very-secret"))
        }
        #expect("\(secret)" == "${env.KEY}")
    }
}
