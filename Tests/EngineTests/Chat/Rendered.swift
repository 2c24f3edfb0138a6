import Engine

/// The text that a template gives for no turns and these variables.
func rendered(_ source: String, _ others: [String: TemplateValue] = [:]) throws(ChatTemplateRefusal) -> String {
    let variables = ChatVariables(addGenerationPrompt: false, others: others)
    return try ChatTemplate(source).render([], with: variables)
}

/// The sentence that refuses a template, or what it gave instead.
func refusal(_ source: String, _ others: [String: TemplateValue] = [:]) -> String {
    do throws(ChatTemplateRefusal) {
        return "rendered: " + (try rendered(source, others))
    } catch {
        return error.description
    }
}
