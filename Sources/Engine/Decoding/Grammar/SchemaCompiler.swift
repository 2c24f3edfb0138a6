/// Turns a schema into a network: each schema becomes a rule, and a reference a call.
///
/// Schemas wait in a queue, so that neither deep schemas nor long chains of references cost stack.
struct SchemaCompiler {
    var builder = NetworkBuilder()
    private let references: SchemaReferences
    private var waiting: [(schema: LocatedSchema, rule: Int32)] = []
    /// Rules of schemas by their places.
    private var ruleOfPlace: [String: Int32] = [:]
    private var ruleOfAnyValue: Int32?
    private var ruleOfAnyString: Int32?
    private var ruleOfAnyCharacter: Int32?
    /// Rules of one character out of a set.
    private var ruleOfScalars: [ScalarSet: Int32] = [:]

    /// The network of the documents that fit a schema.
    static func network(of schema: SchemaValue) throws(GrammarRefusal) -> RuleNetwork {
        var compiler = SchemaCompiler(references: SchemaReferences(schema))
        _ = try compiler.rule(of: LocatedSchema(schema, at: "#"))
        while let (schema, rule) = compiler.waiting.popLast() {
            compiler.builder.place = schema.place
            try compiler.compile(schema, compiler.builder.start(of: rule), compiler.builder.end(of: rule))
        }
        return compiler.builder.network
    }

    private init(references: SchemaReferences) { self.references = references }

    /// The rule of a schema, which is compiled later if it is new.
    mutating func rule(of schema: LocatedSchema) throws(GrammarRefusal) -> Int32 {
        if let known = ruleOfPlace[schema.place] { return known }
        let outside = builder.place
        builder.place = schema.place
        let rule = try builder.rule()
        builder.place = outside
        ruleOfPlace[schema.place] = rule
        waiting.append((schema, rule))
        return rule
    }

    private mutating func compile(
        _ located: LocatedSchema, _ from: Int32, _ target: Int32
    ) throws(GrammarRefusal) {
        switch located.value {
        case .bool(true): builder.call(try anyValue(), from, target)
        // No way leads on.
        case .bool(false): break
        case .object(let members): try compile(try Schema(members, at: located.place), from, target)
        default: throw GrammarRefusal(located.place, .notASchema(found: located.value.kind))
        }
    }

    private mutating func compile(_ schema: Schema, _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        if schema["$ref"] != nil, schema.members.count == 1 {
            builder.call(try rule(of: try references.target(of: schema)), from, target)
        } else if let parts = try schema.schemas("allOf"), parts.count == 1, schema.members.count == 1 {
            builder.call(try rule(of: parts[0]), from, target)
        } else if schema["allOf"] != nil || schema["$ref"] != nil {
            try object(try ObjectShape(merging: schema, references), from, target)
        } else if schema["anyOf"] != nil || schema["oneOf"] != nil {
            let keyword = schema["anyOf"] != nil ? "anyOf" : "oneOf"
            try schema.refuseOthers(than: [keyword], advice: "Put the other keywords into each alternative.")
            for part in try schema.schemas(keyword) ?? [] { builder.call(try rule(of: part), from, target) }
        } else if schema["enum"] != nil || schema["const"] != nil {
            try listed(schema, from, target)
        } else if schema.members.isEmpty {
            builder.call(try anyValue(), from, target)
        } else {
            for type in try schema.types() { try value(of: type, schema, from, target) }
        }
    }

    private mutating func value(
        of type: SchemaType, _ schema: Schema, _ from: Int32, _ target: Int32
    ) throws(GrammarRefusal) {
        switch type {
        case .null: try builder.literal(Array("null".utf8), from, target)
        case .boolean: try builder.alternatives([Array("true".utf8), Array("false".utf8)], from, target)
        case .integer: try integer(schema, from, target)
        case .number: try number(schema, from, target)
        case .string: try string(schema, from, target)
        case .array: try array(schema, from, target)
        case .object: try object(try ObjectShape(schema), from, target)
        }
    }

    // MARK: Rules many share

    /// Any JSON value.
    mutating func anyValue() throws(GrammarRefusal) -> Int32 {
        if let known = ruleOfAnyValue { return known }
        let rule = try builder.rule()
        ruleOfAnyValue = rule
        let schema = try Schema([], at: "#")
        for type in try schema.types() {
            try value(of: type, schema, builder.start(of: rule), builder.end(of: rule))
        }
        return rule
    }

    /// Any JSON string.
    mutating func anyString() throws(GrammarRefusal) -> Int32 {
        if let known = ruleOfAnyString { return known }
        let rule = try builder.rule()
        ruleOfAnyString = rule
        let inside = try builder.node()
        builder.edge(builder.start(of: rule), "\"", inside)
        try builder.character(inside, inside)
        builder.edge(inside, "\"", builder.end(of: rule))
        return rule
    }

    /// Any character of a JSON string, as itself or escaped.
    mutating func anyCharacter() throws(GrammarRefusal) -> Int32 {
        if let known = ruleOfAnyCharacter { return known }
        let rule = try builder.rule()
        ruleOfAnyCharacter = rule
        try builder.character(builder.start(of: rule), builder.end(of: rule))
        return rule
    }

    /// One character of a set, as itself where JSON lets it.
    mutating func character(of set: ScalarSet) throws(GrammarRefusal) -> Int32 {
        if let known = ruleOfScalars[set] { return known }
        let rule = try builder.rule()
        ruleOfScalars[set] = rule
        try builder.scalars(set, builder.start(of: rule), builder.end(of: rule))
        return rule
    }
}
