/// Arrays and objects: the rules that add a level of nesting.
extension SchemaCompiler {
    /// An object: declared properties in their order, optional ones perhaps left out, then others if there may be any.
    mutating func object(_ shape: ObjectShape, _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        let rule = try builder.rule(nesting: 1)
        builder.call(rule, from, target)
        let end = builder.end(of: rule)
        let open = try builder.node()
        builder.edge(builder.start(of: rule), "{", open)
        // Where nothing is written yet, if that is still possible, and where something is.
        var empty: Int32? = open
        var written: Int32?
        for property in shape.properties {
            let name = try builder.node()
            let after = try builder.node()
            if let empty { builder.jump(empty, name) }
            if let written { try builder.mark(",", written, name) }
            let colon = try builder.node()
            try builder.literal(JSONLiteral.quoted(property.name), name, colon)
            try member(try self.rule(of: property.schema), colon, after)
            if property.isRequired {
                empty = nil
            } else if let written {
                builder.jump(written, after)
            }
            written = after
        }
        let others: Int32? =
            switch shape.others {
            case .none: nil
            case .any: try anyValue()
            case .fitting(let schema): try self.rule(of: schema)
            }
        if let others {
            let name = try builder.node()
            let colon = try builder.node()
            let after = try builder.node()
            if let empty { builder.jump(empty, name) }
            if let written { builder.jump(written, after) }
            try self.name(otherThan: shape.properties.map(\.name), name, colon)
            try member(others, colon, after)
            try builder.mark(",", after, name)
            written = after
        }
        if let empty { builder.edge(empty, "}", end) }
        if let written { builder.edge(written, "}", end) }
    }

    private mutating func member(_ rule: Int32, _ colon: Int32, _ after: Int32) throws(GrammarRefusal) {
        let value = try builder.node()
        try builder.mark(":", colon, value)
        builder.call(rule, value, after)
    }

    /// A string that is none of `names`, so that no property is written twice in two ways.
    ///
    /// A tree of the names' characters; a character that leads out of it makes a name that is free to go on.
    private mutating func name(
        otherThan names: [String], _ from: Int32, _ target: Int32
    ) throws(GrammarRefusal) {
        guard !names.isEmpty else { return builder.call(try anyString(), from, target) }
        var children: [[Unicode.Scalar: Int]] = [[:]]
        var isName = [false]
        for name in names {
            var at = 0
            for scalar in name.unicodeScalars {
                if let child = children[at][scalar] {
                    at = child
                } else {
                    children[at][scalar] = children.count
                    at = children.count
                    children.append([:])
                    isName.append(false)
                }
            }
            isName[at] = true
        }
        var places: [Int32] = []
        for _ in children { places.append(try builder.node()) }
        let free = try builder.node()
        builder.edge(from, "\"", places[0])
        for (index, known) in children.enumerated() {
            for (scalar, child) in known.sorted(by: { $0.key < $1.key }) {
                try builder.literal(JSONLiteral.escaped(scalar), places[index], places[child])
            }
            let others = ScalarSet(known.keys.map { $0.value...$0.value }).inverted
            builder.call(try character(of: others), places[index], free)
            if !isName[index] { builder.edge(places[index], "\"", target) }
        }
        builder.call(try character(of: .all), free, free)
        builder.edge(free, "\"", target)
    }

    /// An array: elements with schemas of their own, then those that all share one.
    mutating func array(_ schema: Schema, _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        if case .array = schema["items"] {
            throw schema.wrong("items", expected: "one schema; write prefixItems for a list of them")
        }
        let least = try schema.count("minItems") ?? 0
        let given = try schema.count("maxItems") ?? Int.max
        guard least <= given else { throw schema.wrong("maxItems", expected: "at least minItems, \(least)") }
        let prefix = try schema.schemas("prefixItems") ?? []
        var others: Int32?
        if schema["items"] != .bool(false), let items = schema.schema("items") {
            others = try rule(of: items)
        } else if schema["items"] == nil, prefix.isEmpty {
            others = try anyValue()
        }
        let most = others == nil ? min(given, prefix.count) : given
        guard least <= most else {
            throw schema.wrong("minItems", expected: "at most \(most), as no schema is given for further items")
        }
        let rule = try builder.rule(nesting: 1)
        builder.call(rule, from, target)
        let end = builder.end(of: rule)
        let open = try builder.node()
        builder.edge(builder.start(of: rule), "[", open)
        if least == 0 { builder.edge(open, "]", end) }
        // Elements that are counted; behind them, if there is no most, those of a loop.
        let counted = most == Int.max ? max(least, prefix.count, 1) : most
        var before = open
        for index in 0..<counted {
            guard let element = index < prefix.count ? try self.rule(of: prefix[index]) : others else { break }
            let after = try builder.node()
            builder.call(element, before, after)
            if index + 1 >= least { builder.edge(after, "]", end) }
            if index + 1 < counted {
                before = try builder.node()
                try builder.mark(",", after, before)
            } else if most == Int.max, let others {
                let next = try builder.node()
                try builder.mark(",", after, next)
                builder.call(others, next, after)
            }
        }
    }
}
