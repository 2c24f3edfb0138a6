/// What a template sees beside the turns of the conversation.
public struct ChatVariables: Sendable {
    /// Whether the text is to end where the assistant's next turn begins.
    public var addGenerationPrompt: Bool

    /// The text of the token that begins a text (`bos_token`); undefined in the template when nil.
    public var beginningOfText: String?

    /// The text of the token that ends a text (`eos_token`); undefined in the template when nil.
    public var endOfText: String?

    /// The date and time that `strftime_now` writes; the function is undefined when nil.
    public var now: CalendarMoment?

    /// Further variables, such as `tools` or `enable_thinking`; they win over those above.
    public var others: [String: TemplateValue]

    /// Variables for one rendering.
    public init(
        addGenerationPrompt: Bool = true, beginningOfText: String? = nil, endOfText: String? = nil,
        now: CalendarMoment? = nil, others: [String: TemplateValue] = [:]
    ) {
        self.addGenerationPrompt = addGenerationPrompt
        self.beginningOfText = beginningOfText
        self.endOfText = endOfText
        self.now = now
        self.others = others
    }

    /// All of them by name, as Hugging Face's `apply_chat_template` passes them: no tools and no documents are none.
    var byName: [String: TemplateValue] {
        var result: [String: TemplateValue] = [
            "add_generation_prompt": .boolean(addGenerationPrompt), "tools": .none, "documents": .none,
        ]
        if let beginningOfText { result["bos_token"] = .text(beginningOfText) }
        if let endOfText { result["eos_token"] = .text(endOfText) }
        return result.merging(others) { _, other in other }
    }
}
