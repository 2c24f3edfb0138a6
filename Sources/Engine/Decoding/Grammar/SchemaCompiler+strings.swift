/// Strings: free ones, ones of a certain length, and those of a pattern or format.
extension SchemaCompiler {
    /// A string with the bounds of a schema. Lengths count characters (Unicode scalars), however they are written.
    mutating func string(_ schema: Schema, _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        let least = try schema.count("minLength")
        let most = try schema.count("maxLength")
        if let pattern = try schema.text("pattern") {
            try refuseOthers(schema, than: "pattern")
            return try string(try PatternReader.read(pattern, at: schema.place), from, target)
        }
        if let name = try schema.text("format") {
            try refuseOthers(schema, than: "format")
            guard let format = StringFormat(rawValue: name) else {
                let known = StringFormat.allCases.map(\.rawValue).joined(separator: ", ")
                throw schema.wrong("format", expected: "one of \(known); write others as a pattern")
            }
            return try string(try PatternReader.read(format.pattern, at: schema.place), from, target)
        }
        guard least != nil || most != nil else { return builder.call(try anyString(), from, target) }
        let bounds = (least: least ?? 0, most: most)
        if let most, most < bounds.least {
            throw schema.wrong("maxLength", expected: "at least minLength, \(bounds.least)")
        }
        let open = try builder.node()
        let close = try builder.node()
        builder.edge(from, "\"", open)
        let character = try anyCharacter()
        var at = open
        for count in 0..<(most ?? bounds.least) {
            if count >= bounds.least { builder.jump(at, close) }
            let next = try builder.node()
            builder.call(character, at, next)
            at = next
        }
        if most == nil { builder.call(character, at, at) }
        builder.jump(at, close)
        builder.edge(close, "\"", target)
    }

    private func refuseOthers(_ schema: Schema, than keyword: String) throws(GrammarRefusal) {
        for other in ["minLength", "maxLength", "pattern", "format"] where other != keyword && schema[other] != nil {
            throw GrammarRefusal(
                schema.place,
                .together(keyword, other, advice: "Write a length into the pattern, such as ^[a-z]{2,8}$."))
        }
    }

    private mutating func string(
        _ pattern: StringPattern, _ from: Int32, _ target: Int32
    ) throws(GrammarRefusal) {
        let open = try builder.node()
        let close = try builder.node()
        builder.edge(from, "\"", open)
        try match(pattern, open, close)
        builder.edge(close, "\"", target)
    }

    /// Thompson's construction (1968); as deep as groups of the pattern nest.
    private mutating func match(
        _ pattern: StringPattern, _ from: Int32, _ target: Int32
    ) throws(GrammarRefusal) {
        switch pattern {
        case .character(let set): builder.call(try character(of: set), from, target)
        case .sequence(let parts):
            var at = from
            for part in parts {
                let next = try builder.node()
                try match(part, at, next)
                at = next
            }
            builder.jump(at, target)
        case .choice(let parts):
            for part in parts { try match(part, from, target) }
        case .repeated(let part, let least, let most):
            // A node of its own: a loop must not be entered from what stands beside it.
            var at = try builder.node()
            builder.jump(from, at)
            for count in 0..<(most ?? least) {
                if count >= least { builder.jump(at, target) }
                let next = try builder.node()
                try match(part, at, next)
                at = next
            }
            if most == nil {
                let loop = try builder.node()
                builder.jump(at, loop)
                try match(part, loop, loop)
                at = loop
            }
            builder.jump(at, target)
        }
    }
}
