/// Values that a schema lists: `enum` and `const`.
extension SchemaCompiler {
    /// One of the listed values, of those that are of an allowed type.
    mutating func listed(_ schema: Schema, _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        let keyword = schema["const"] != nil ? "const" : "enum"
        try schema.refuseOthers(than: [keyword, "type"], advice: "List the values that are allowed.")
        var values: [SchemaValue]
        switch (schema["const"], schema["enum"]) {
        case (let value?, _): values = [value]
        case (_, .array(let list)) where !list.isEmpty: values = list
        default: throw schema.wrong("enum", expected: "a list of one value or more")
        }
        if schema["type"] != nil {
            let types = try schema.types()
            values = values.filter { value in types.contains { value.isOfType($0) } }
            guard !values.isEmpty else { throw schema.wrong(keyword, expected: "a value of the type that is given") }
        }
        var texts: [[UInt8]] = []
        for value in values {
            switch value {
            case .null: texts.append(Array("null".utf8))
            case .bool(let isTrue): texts.append(Array((isTrue ? "true" : "false").utf8))
            case .number(let text): texts.append(Array(text.utf8))
            case .string(let text): texts.append(JSONLiteral.quoted(text))
            case .array, .object: try container(value, from, target)
            }
        }
        if !texts.isEmpty { try builder.alternatives(texts, from, target) }
    }

    /// A listed array or object; the reader of schemas bounds how deep.
    private mutating func container(
        _ value: SchemaValue, _ from: Int32, _ target: Int32
    ) throws(GrammarRefusal) {
        let rule = try builder.rule(nesting: 1)
        builder.call(rule, from, target)
        var at = try builder.node()
        let start = builder.start(of: rule)
        switch value {
        case .array(let elements):
            builder.edge(start, "[", at)
            for (index, element) in elements.enumerated() {
                if index > 0 { at = try behind(",", at) }
                at = try part(element, at)
            }
            builder.edge(at, "]", builder.end(of: rule))
        case .object(let members):
            builder.edge(start, "{", at)
            for (index, member) in members.enumerated() {
                if index > 0 { at = try behind(",", at) }
                at = try behind(":", try part(.string(member.name), at))
                at = try part(member.value, at)
            }
            builder.edge(at, "}", builder.end(of: rule))
        case .null, .bool, .number, .string: preconditionFailure("a container is an array or an object")
        }
    }

    private mutating func behind(_ mark: Unicode.Scalar, _ from: Int32) throws(GrammarRefusal) -> Int32 {
        let next = try builder.node()
        try builder.mark(mark, from, next)
        return next
    }

    private mutating func part(_ value: SchemaValue, _ from: Int32) throws(GrammarRefusal) -> Int32 {
        let next = try builder.node()
        switch value {
        case .null: try builder.literal(Array("null".utf8), from, next)
        case .bool(let isTrue): try builder.literal(Array((isTrue ? "true" : "false").utf8), from, next)
        case .number(let text): try builder.literal(Array(text.utf8), from, next)
        case .string(let text): try builder.literal(JSONLiteral.quoted(text), from, next)
        case .array, .object: try container(value, from, next)
        }
        return next
    }
}
