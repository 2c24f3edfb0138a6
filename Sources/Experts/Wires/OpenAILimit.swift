/// Under which name a model of OpenAI's format takes the limit of its answer. OpenAI's thinking models know only the newer
/// name, older servers only the older one.
enum OpenAILimit {
    static let older = "max_tokens"
    static let newer = "max_completion_tokens"

    /// The name that the model knows, by what it is called: `o1`, `o4-mini`, `gpt-5.1`, `openai/gpt-6` know the newer one.
    static func name(for model: String) -> String { knowsNewer(model) ? newer : older }

    private static func knowsNewer(_ model: String) -> Bool {
        // What stands before it is a provider; `ft:` marks a model that was taught more.
        var name = model.lowercased().split(separator: "/").last ?? ""
        if name.hasPrefix("ft:") { name = name.dropFirst(3) }
        if name.hasPrefix("o") { return name.dropFirst().first.map(isDigit) ?? false }
        guard name.hasPrefix("gpt-") else { return false }
        // Azure leaves the point out: gpt-35 is 3.5, gpt-41 is 4.1.
        return Int(name.dropFirst(4).prefix(while: isDigit)).map((5..<30).contains) ?? false
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
