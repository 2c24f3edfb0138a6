/// How many parameters of a model work on each token, in billions, as far as its name or its makers say.
public enum ActiveParameters {
    /// Sparse mixtures, whose names tell their whole size or none, and models whose names tell nothing; as their makers
    /// publish them. The first that begins the name (in lower case, without its maker) counts.
    private static let published: [(name: String, billions: Double)] = [
        ("mixtral-8x7b", 12.9), ("mixtral-8x22b", 39), ("deepseek-coder-v2-lite", 2.4), ("deepseek-coder-v2", 21),
        ("deepseek-v2-lite", 2.4), ("deepseek-v2", 21), ("deepseek-v3", 37), ("deepseek-r1-0", 37),
        ("jamba-1.5-large", 94),
        ("jamba-1.5-mini", 12), ("dbrx", 36), ("phi-3-mini", 3.8), ("phi-3.5-mini", 3.8), ("phi-3-small", 7),
        ("phi-3-medium", 14), ("phi-3.5-moe", 6.6), ("mistral-nemo", 12.2), ("mistral-large-2", 123),
        ("mistral-small-2409", 22), ("c4ai-command-r-plus", 104), ("c4ai-command-r", 35), ("command-r-plus", 104),
        ("command-r", 35), ("qwen1.5-moe-a2.7b", 2.7), ("olmoe-1b-7b", 1.3), ("gpt-oss-20b", 3.6),
        ("gpt-oss-120b", 5.1),
        ("llama-4-scout", 17), ("llama-4-maverick", 17), ("grok-1", 86),
    ]

    /// The figure for a model of this name; nil if neither its makers nor its name tell.
    public static func billions(of name: String) -> Double? {
        let bare = (name.split(separator: "/").last.map(String.init) ?? name).lowercased()
        if let known = published.first(where: { bare.hasPrefix($0.name) }) { return known.billions }
        let words = bare.split { !$0.isLetter && !$0.isNumber && $0 != "." }
        // `30b-a3b`: three of thirty billion work.
        if let active = words.last(where: { $0.hasPrefix("a") && size(of: $0.dropFirst()) != nil }) {
            return size(of: active.dropFirst())
        }
        return words.compactMap(size).first
    }

    /// `8b` or `0.5b` as a number; nothing else.
    private static func size(of word: Substring) -> Double? {
        guard word.last == "b", let number = Double(word.dropLast()), number > 0, number < 10_000 else { return nil }
        return number
    }
}
