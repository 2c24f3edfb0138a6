/// One schema, looked at by its keywords: all of them are known, and annotations are left out.
struct Schema {
    /// JSON pointer of the schema.
    let place: String
    /// Keywords with their values, as declared; no annotations.
    let members: [SchemaValue.Member]
    private let values: [String: SchemaValue]

    /// Throws for a keyword that is unknown or cannot be kept to.
    init(_ members: [SchemaValue.Member], at place: String) throws(GrammarRefusal) {
        var kept: [SchemaValue.Member] = []
        for member in members {
            let name = member.name
            if SchemaKeyword.annotations.contains(name) || name.hasPrefix("x-") { continue }
            if let advice = SchemaKeyword.advice[name] {
                // Asks for nothing.
                if name == "uniqueItems", member.value == .bool(false) { continue }
                throw GrammarRefusal(place, .unsupportedKeyword(name, advice: advice))
            }
            guard SchemaKeyword.supported.contains(name) else {
                throw GrammarRefusal(place, .unknownKeyword(name, nearest: SchemaKeyword.nearest(to: name)))
            }
            kept.append(member)
        }
        self.place = place
        self.members = kept
        values = Dictionary(kept.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(keyword: String) -> SchemaValue? { values[keyword] }

    /// Throws if there is a keyword besides these.
    func refuseOthers(than keywords: [String], advice: String) throws(GrammarRefusal) {
        guard let other = members.first(where: { !keywords.contains($0.name) }), let one = keywords.first else {
            return
        }
        throw GrammarRefusal(place, .together(one, other.name, advice: advice))
    }

    /// A refusal of a keyword's value.
    func wrong(_ keyword: String, expected: String) -> GrammarRefusal {
        GrammarRefusal(
            place, .wrongValue(keyword: keyword, found: self[keyword]?.kind ?? "nothing", expected: expected))
    }

    /// A count of 0 or more; nil if the keyword is missing.
    func count(_ keyword: String) throws(GrammarRefusal) -> Int? {
        guard let value = self[keyword] else { return nil }
        guard let count = value.whole, count >= 0 else { throw wrong(keyword, expected: "a whole number from 0") }
        return count
    }

    /// A text; nil if the keyword is missing.
    func text(_ keyword: String) throws(GrammarRefusal) -> String? {
        guard let value = self[keyword] else { return nil }
        guard case .string(let text) = value else { throw wrong(keyword, expected: "a text") }
        return text
    }

    /// Elements of a list of schemas with their places; nil if the keyword is missing.
    func schemas(_ keyword: String) throws(GrammarRefusal) -> [LocatedSchema]? {
        guard let value = self[keyword] else { return nil }
        guard case .array(let elements) = value, !elements.isEmpty else {
            throw wrong(keyword, expected: "a list of one schema or more")
        }
        return elements.enumerated().map { LocatedSchema($1, at: "\(place)/\(keyword)/\($0)") }
    }

    /// A schema with its place; nil if the keyword is missing.
    func schema(_ keyword: String) -> LocatedSchema? {
        self[keyword].map { LocatedSchema($0, at: "\(place)/\(keyword)") }
    }

    /// The types that are allowed: those of `type`, or that of the keywords present; all where nothing says one.
    func types() throws(GrammarRefusal) -> [SchemaType] {
        let expected = "one or more of " + SchemaType.allCases.map(\.rawValue).joined(separator: ", ")
        switch self["type"] {
        case .string(let name):
            guard let type = SchemaType(rawValue: name) else { throw wrong("type", expected: expected) }
            return [type]
        case .array(let names) where !names.isEmpty && names.count <= SchemaType.allCases.count:
            var types: [SchemaType] = []
            for name in names {
                guard case .string(let text) = name, let type = SchemaType(rawValue: text) else {
                    throw GrammarRefusal(place, .wrongValue(keyword: "type", found: name.kind, expected: expected))
                }
                types.append(type)
            }
            return types
        case nil:
            let said = SchemaKeyword.ofType.filter { $0.keywords.contains { self[$0] != nil } }.map(\.type)
            return said.isEmpty ? SchemaType.allCases.filter { $0 != .integer } : said
        default: throw wrong("type", expected: expected)
        }
    }
}

/// A schema's value and where it stands.
struct LocatedSchema {
    var value: SchemaValue
    /// JSON pointer, as a fragment.
    var place: String

    init(_ value: SchemaValue, at place: String) {
        self.value = value
        self.place = place
    }
}
