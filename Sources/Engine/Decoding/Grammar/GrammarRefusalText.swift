/// The sentences of a refusal: where, what was found, what was expected, what to do.
extension GrammarRefusal {
    /// One sentence or a few for people.
    public var description: String {
        // Names of properties are in it: outside data, cut to a line and with unprintable letters escaped.
        let most = 200
        let shown = String(place.prefix(most)).debugDescription.dropFirst().dropLast()
        return "JSON schema, \(shown)\(place.count > most ? "…" : ""): \(sentence)"
    }

    private var sentence: String {
        switch reason {
        case .tooLong(let found, let most):
            "found \(found) bytes, expected at most \(most). Use a smaller schema."
        case .notJSON(let what, let line, let column):
            "this is not JSON: \(what) (line \(line), column \(column)). Correct the schema."
        case .notASchema(let found):
            "found \(found), expected a schema: an object, true or false."
        case .unknownKeyword(let name, let nearest):
            "there is no keyword \(Self.shown(name)). "
                + (nearest.map { "Did you mean \($0)? " } ?? "")
                + "Supported are \(SchemaKeyword.supported.joined(separator: ", ")), and annotations such as title."
        case .unsupportedKeyword(let name, let advice):
            "the keyword \(name) is not supported. \(advice)"
        case .wrongValue(let keyword, let found, let expected):
            "found \(found) for \(keyword), expected \(expected)."
        case .together(let one, let other, let advice):
            "\(one) and \(other) are not supported in one schema. \(advice)"
        case .missingTarget(let reference):
            "found the reference \(Self.shown(reference)), which leads to no part of this schema, "
                + "expected one such as #/$defs/Name."
        case .endlessReference:
            "the schema refers to itself without an array or object in between, so it describes nothing. "
                + "Take it out of its own alternatives."
        case .pattern(let pattern, let at, let what):
            "the pattern \(Self.shown(pattern)), character \(at): \(what)."
        case .tooLarge(let most):
            "the grammar of this schema needs more than \(most) nodes. "
                + "Use lower counts (maxLength, maxItems, quantifiers) or fewer alternatives."
        case .tooManyChoices(let most):
            "more than \(most) alternatives are open at one place. Use fewer optional properties or alternatives."
        case .impossible(let deepest):
            "no document with at most \(deepest) nested arrays and objects fits. "
                + "Look for a contradiction, or for a schema that requires itself."
        }
    }

    /// A text from the schema in quotes, cut to a line and with unprintable letters escaped: it is outside data.
    static func shown(_ text: String) -> String {
        let most = 64
        return String(text.prefix(most)).debugDescription + (text.count > most ? "…" : "")
    }
}
