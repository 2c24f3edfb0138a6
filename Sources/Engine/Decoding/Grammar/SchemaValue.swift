/// A JSON value as a schema holds it: members stay in order, and numbers stay as they are written.
enum SchemaValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The number's text, by the grammar of JSON.
    case number(String)
    case string(String)
    case array([SchemaValue])
    case object([Member])

    /// A named value of an object.
    struct Member: Hashable, Sendable {
        var name: String
        var value: SchemaValue
    }

    /// The number, if this is one that is whole (`3.0` is) and no larger than the bound on numbers.
    var whole: Int? {
        guard case .number(let text) = self else { return nil }
        if let whole = Int(text) { return whole.magnitude <= GrammarLimits.bound.magnitude ? whole : nil }
        guard let number = Double(text), abs(number) <= Double(GrammarLimits.bound) else { return nil }
        return Int(exactly: number)
    }

    /// A word for the value's kind, with its article.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a truth value"
        case .number(let text): "the number \(text.prefix(20))"
        case .string(let text): "the text \(GrammarRefusal.shown(text))"
        case .array(let elements): "an array of \(elements.count)"
        case .object: "an object"
        }
    }

    /// Whether `type` of JSON Schema names the value.
    func isOfType(_ type: SchemaType) -> Bool {
        switch self {
        case .null: type == .null
        case .bool: type == .boolean
        case .number(let text):
            type == .number || type == .integer && Double(text).map { $0 == $0.rounded() } ?? false
        case .string: type == .string
        case .array: type == .array
        case .object: type == .object
        }
    }
}
