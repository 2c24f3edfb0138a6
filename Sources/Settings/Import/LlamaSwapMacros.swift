/// llama-swap's macros: `${name}` in a command stands for a text that is written once.
struct LlamaSwapMacros {
    private var values: [String: String] = [:]

    /// Macros may hold others; no more of that is followed.
    private static let deepest = 10
    /// A text that would grow longer is left as it is, in bytes.
    private static let longest = 64 << 10

    /// - Parameters:
    ///   - root: the whole file, whose macros are for all models.
    ///   - model: the model whose own macros come first.
    ///   - name: what `${MODEL_ID}` stands for.
    init(_ root: ForeignValue, model: ForeignValue, name: String) {
        for macros in [root["macros"], model["macros"]] {
            for (name, value) in macros.members { values[name] = value.text ?? "" }
        }
        values["MODEL_ID"] = name
    }

    /// The text with every macro put in; what no macro names stays, `${PORT}` and `${env.NAME}` among it.
    func expanded(_ text: String) -> String {
        var text = text
        for _ in 0..<Self.deepest {
            let next = once(text)
            guard next != text, next.utf8.count <= Self.longest else { break }
            text = next
        }
        return text
    }

    private func once(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            result += rest[..<start.lowerBound]
            let name = String(rest[start.upperBound..<end])
            result += values[name] ?? "${\(name)}"
            guard result.utf8.count <= Self.longest else { return text }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
