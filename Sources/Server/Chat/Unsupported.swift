import Core

/// What OpenAI's format knows and Muster does not yet do: refused rather than silently dropped, so that nobody takes a
/// plain answer for what was asked.
enum Unsupported {
    static func refuse(_ fields: inout RequestFields) throws {
        if let count = fields.take("n"), count.whole != 1 {
            throw Fault(
                .unsupported, "n", "only one answer can be asked for", expected: "1 is expected",
                hint: "A panel of several experts is asked by the route itself: see muster.seats")
        }
        for name in ["tools", "functions"] {
            guard let value = fields.take(name), value.elements?.isEmpty != true else { continue }
            throw Fault(.unsupported, name, "tools are not supported yet", hint: "Leave it out")
        }
        for name in ["tool_choice", "function_call"] {
            guard let value = fields.take(name), value.text != "none", value.text != "auto" else { continue }
            throw Fault(.unsupported, name, "tools are not supported yet", hint: "Leave it out")
        }
        _ = fields.take("parallel_tool_calls")
        if let format = fields.take("response_format"), format["type"]?.text != "text" {
            throw Fault(
                .unsupported, "response_format", "only text is supported yet",
                expected: #"{"type":"text"} is expected"#,
                hint: "Leave it out, and say in the question which form you want")
        }
        if let logprobs = fields.take("logprobs"), logprobs != .bool(false) {
            throw Fault(
                .unsupported, "logprobs", "an answer of several experts has no token probabilities",
                hint: "Leave it out")
        }
    }
}
