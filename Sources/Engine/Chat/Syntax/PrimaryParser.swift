/// Reads values as they are written out: names, numbers, texts, lists, tuples and mappings.
extension TokenReader {
    mutating func primary() throws(ChatTemplateRefusal) -> Expression {
        let token = current
        switch token.kind {
        case .name(let name):
            advance()
            if let constant = Self.constants[name] { return try Expression(.literal(constant), line: token.line) }
            return try Expression(.name(name), line: token.line)
        case .text:
            // Texts beside one another are one.
            var joined = ""
            while case .text(let text) = current.kind {
                joined += text
                advance()
            }
            return try Expression(.literal(.text(joined)), line: token.line)
        case .integer(let value):
            advance()
            return try Expression(.literal(.integer(value)), line: token.line)
        case .number(let value):
            advance()
            return try Expression(.literal(.number(value)), line: token.line)
        case .sign("("): return try bracketed()
        case .sign("["): return try list()
        case .sign("{"): return try mapping()
        default: throw unexpected("a value")
        }
    }

    private static let constants: [String: RunValue] = [
        "true": .boolean(true), "True": .boolean(true), "false": .boolean(false), "False": .boolean(false),
        "none": .none, "None": .none,
    ]

    private mutating func bracketed() throws(ChatTemplateRefusal) -> Expression {
        let line = line
        advance()
        if take(")") { return try Expression(.tuple([]), line: line) }
        let inner = try expressionOrTuple()
        try expect(")")
        return inner
    }

    private mutating func list() throws(ChatTemplateRefusal) -> Expression {
        let line = line
        advance()
        var items: [Expression] = []
        while !isAt("]") {
            items.append(try expression())
            guard take(",") else { break }
        }
        try expect("]")
        return try Expression(.list(items), line: line, over: items)
    }

    private mutating func mapping() throws(ChatTemplateRefusal) -> Expression {
        let line = line
        advance()
        var members: [(key: Expression, value: Expression)] = []
        while !isAt("}") {
            let key = try expression()
            try expect(":")
            members.append((key, try expression()))
            guard take(",") else { break }
        }
        try expect("}")
        return try Expression(.mapping(members), line: line, over: members.flatMap { [$0.key, $0.value] })
    }
}
