/// The sentences of a refusal: where, what was found, what was expected, what to do.
extension ChatTemplateRefusal {
    /// One sentence for people.
    public var description: String {
        let place = line.map { "chat template, line \($0)" } ?? "chat template"
        return "\(place): \(sentence)"
    }

    private var sentence: String {
        switch reason {
        case .missing:
            "the model file carries none (tokenizer.chat_template), expected one to write a conversation with. "
                + "Use the model to complete plain text, or use an instruction-tuned download."
        case .syntax(let found, let expected):
            "found \(Self.shown(found)), expected \(expected). Use a download with a sound template."
        case .unsupported(let part, let name, let known):
            "there is no \(part.rawValue) \(Self.shown(name)) here, expected one of \(known.joined(separator: ", ")). "
                + "Use another download of this model."
        case .undefined(let what):
            "\(what.prefix(120)) has no value, and one is needed here. "
                + "Give the conversation what this model's template asks for."
        case .operation(let what, let expected):
            "found \(what.prefix(160)), expected \(expected). "
                + "Give the conversation in the form that this model's template asks for."
        case .raised(let text):
            "the template refuses this conversation: \(text.prefix(400))"
        case .tooMuch(let bound, let most):
            "found more than \(most) \(bound.rawValue), expected at most that. "
                + "Shorten the conversation, or use a download with a smaller template."
        }
    }

    private static func shown(_ text: String) -> String {
        text.unicodeScalars.count > 60
            ? "“\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))))…”" : "“\(text)”"
    }
}
