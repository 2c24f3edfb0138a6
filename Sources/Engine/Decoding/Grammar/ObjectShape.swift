/// What an object's properties must be, of one schema or of several that must all hold.
struct ObjectShape {
    /// A property with its schema.
    struct Property {
        var name: String
        var schema: LocatedSchema
        var isRequired: Bool
    }

    /// What the properties are that no name is declared for.
    enum Others {
        case none
        case any
        case fitting(LocatedSchema)
    }

    /// In the order of the document.
    private(set) var properties: [Property] = []
    private(set) var others = Others.none

    private let place: String
    private var indices: [String: Int] = [:]
    private var required: [String] = []
    /// `additionalProperties`, if it is given, and where.
    private var additional: LocatedSchema?

    /// The shape a schema of an object describes.
    init(_ schema: Schema) throws(GrammarRefusal) {
        place = schema.place
        try add(schema)
        try close()
    }

    /// The shape that fits a schema with `allOf` or `$ref`, and all they lead to.
    init(merging schema: Schema, _ references: SchemaReferences) throws(GrammarRefusal) {
        place = schema.place
        let advice = "Only objects can be merged: describe anything else in one schema."
        var waiting = [schema]
        var count = 0
        var closed: [(place: String, names: Set<String>)] = []
        while let part = waiting.popLast() {
            count += 1
            guard count <= GrammarLimits.merged else {
                throw GrammarRefusal(place, .tooManyChoices(most: GrammarLimits.merged))
            }
            let first = part["allOf"] != nil ? "allOf" : part["$ref"] != nil ? "$ref" : "allOf"
            try part.refuseOthers(
                than: [first, "allOf", "$ref", "type", "properties", "required", "additionalProperties"], advice: advice
            )
            if let type = part["type"], type != .string("object") {
                throw GrammarRefusal(part.place, .together(first, "type \(type.kind)", advice: advice))
            }
            try add(part)
            if part["additionalProperties"] == .bool(false) {
                closed.append((part.place, Set(try Self.members(of: part).map(\.name))))
            }
            var inner = try part.schemas("allOf") ?? []
            if part["$ref"] != nil { inner.append(try references.target(of: part)) }
            for located in inner.reversed() {
                guard case .object(let members) = located.value else {
                    throw GrammarRefusal(located.place, .notASchema(found: located.value.kind))
                }
                waiting.append(try Schema(members, at: located.place))
            }
        }
        for (place, names) in closed {
            if let other = properties.first(where: { !names.contains($0.name) }) {
                throw GrammarRefusal(
                    place,
                    .wrongValue(
                        keyword: "additionalProperties", found: "false",
                        expected: "true, as another part of allOf declares \(GrammarRefusal.shown(other.name))"))
            }
        }
        try close()
    }

    private static func members(of schema: Schema) throws(GrammarRefusal) -> [SchemaValue.Member] {
        switch schema["properties"] {
        case nil: return []
        case .object(let members): return members
        default: throw schema.wrong("properties", expected: "an object of schemas")
        }
    }

    private mutating func add(_ schema: Schema) throws(GrammarRefusal) {
        for member in try Self.members(of: schema) {
            let place = "\(schema.place)/properties/\(SchemaReferences.escaped(member.name))"
            if let known = indices[member.name] {
                guard properties[known].schema.value == member.value else {
                    throw GrammarRefusal(
                        place,
                        .together(
                            properties[known].schema.place, place, advice: "Declare the property in one part of allOf.")
                    )
                }
                continue
            }
            indices[member.name] = properties.count
            properties.append(
                Property(name: member.name, schema: LocatedSchema(member.value, at: place), isRequired: false))
        }
        if let value = schema["required"] {
            let expected = "a list of names"
            guard case .array(let names) = value else { throw schema.wrong("required", expected: expected) }
            for name in names {
                guard case .string(let text) = name else { throw schema.wrong("required", expected: expected) }
                required.append(text)
            }
        }
        if let next = schema.schema("additionalProperties") {
            if let known = additional, known.value != next.value {
                throw GrammarRefusal(
                    schema.place, .together(known.place, next.place, advice: "Say the same in all parts of allOf."))
            }
            additional = next
        }
    }

    /// Decides what other properties are, and finds a place for required ones that are not declared.
    private mutating func close() throws(GrammarRefusal) {
        switch additional?.value {
        case .bool(false): others = .none
        case .bool(true): others = .any
        case nil: others = properties.isEmpty ? .any : .none
        default: others = additional.map { .fitting($0) } ?? .any
        }
        for name in required {
            if let known = indices[name] {
                properties[known].isRequired = true
            } else if additional?.value == .bool(false) {
                throw GrammarRefusal(
                    place,
                    .wrongValue(
                        keyword: "required", found: GrammarRefusal.shown(name),
                        expected: "names that properties declares, as additionalProperties is false"))
            } else {
                let schema = additional ?? LocatedSchema(.bool(true), at: "#/required of anything")
                indices[name] = properties.count
                properties.append(Property(name: name, schema: schema, isRequired: true))
            }
        }
    }
}
