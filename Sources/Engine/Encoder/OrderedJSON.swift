/// A JSON value as a file holds it: members stay in order, numbers stay as they are written, and texts keep their bytes.
package enum OrderedJSON: Sendable {
    case null
    case bool(Bool)
    /// The number's text, by the grammar of JSON.
    case number(String)
    case string(String)
    case array([OrderedJSON])
    case object([Member])

    /// A named value of an object. No two of one object have names of the same bytes.
    package struct Member: Sendable {
        package var name: String
        package var value: OrderedJSON
    }

    /// What cannot be read, and at which byte of the text that was seen.
    package struct Refusal: Error, Equatable, Sendable {
        package var offset: Int
        /// What was found and what was expected, without a full stop.
        package var found: String
    }

    /// The value of an object's member; nil for another kind of value, or without such a member.
    subscript(name: String) -> OrderedJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The number, if this is one that is whole and fits.
    var whole: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    /// The number, if this is one.
    var number: Double? {
        guard case .number(let text) = self else { return nil }
        return Double(text)
    }

    /// The text, if this is one.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The truth value, if this is one.
    var truth: Bool? {
        guard case .bool(let truth) = self else { return nil }
        return truth
    }

    /// The value in a few words, for a refusal.
    var shown: String {
        switch self {
        case .null: "null"
        case .bool(let truth): "\(truth)"
        case .number(let text): String(text.prefix(24))
        case .string(let text): String(text.prefix(40)).debugDescription
        case .array(let elements): "an array of \(elements.count)"
        case .object: "an object"
        }
    }
}
