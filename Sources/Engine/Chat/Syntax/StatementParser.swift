/// Reads the statements of a template: text, outputs and tags with their bodies.
struct StatementParser {
    var reader: TokenReader
    /// Loops around the place that is read, within the same macro.
    var loopDepth = 0

    init(_ reader: TokenReader) { self.reader = reader }

    /// The tags that may begin a statement.
    static let tags = ["if", "for", "set", "macro", "generation", "break", "continue", "raw"]

    /// The whole template.
    mutating func template() throws(ChatTemplateRefusal) -> [Statement] {
        let (statements, tag) = try body(until: [])
        if let tag { throw ChatTemplateRefusal(.unsupported(.tag, name: tag, known: Self.tags), line: reader.line) }
        return statements
    }

    /// Statements up to one of the tags `ends`, which is passed with its `{%`; nil at the end of the template.
    mutating func body(until ends: [String]) throws(ChatTemplateRefusal) -> (statements: [Statement], end: String?) {
        try reader.enter()
        defer { reader.leave() }
        var statements: [Statement] = []
        while true {
            let line = reader.line
            switch reader.current.kind {
            case .data(let text):
                reader.advance()
                statements.append(Statement(form: .text(text), line: line))
            case .outputBegin:
                reader.advance()
                let value = try reader.expressionOrTuple()
                try reader.expect(.outputEnd, "}}")
                statements.append(Statement(form: .output(value), line: line))
            case .tagBegin:
                reader.advance()
                let tag = try reader.expectName("the name of a tag")
                if ends.contains(tag) { return (statements, tag) }
                statements.append(Statement(form: try statement(tag, line: line), line: line))
            case .end:
                guard ends.isEmpty else { throw reader.unexpected(ends.joined(separator: " or ")) }
                return (statements, nil)
            default: throw reader.unexpected("a statement")
            }
        }
    }

    mutating func endTag() throws(ChatTemplateRefusal) {
        try reader.expect(.tagEnd, "%}")
    }

    private mutating func statement(_ tag: String, line: Int) throws(ChatTemplateRefusal) -> Statement.Form {
        switch tag {
        case "if": return try branches()
        case "for": return try loop()
        case "set": return try set()
        case "macro": return try macro()
        case "generation":
            try endTag()
            let body = try withLoopDepth(0, until: ["endgeneration"])
            try endTag()
            return .scope(body)
        case "break", "continue":
            guard loopDepth > 0 else {
                throw ChatTemplateRefusal(.syntax(found: tag, expected: "it inside a for"), line: line)
            }
            try endTag()
            return tag == "break" ? .leaveLoop : .nextRound
        default: throw ChatTemplateRefusal(.unsupported(.tag, name: tag, known: Self.tags), line: line)
        }
    }

    /// A body read with `depth` loops around it.
    mutating func withLoopDepth(_ depth: Int, until ends: [String]) throws(ChatTemplateRefusal) -> [Statement] {
        let outer = loopDepth
        loopDepth = depth
        defer { loopDepth = outer }
        return try body(until: ends).statements
    }

    private mutating func branches() throws(ChatTemplateRefusal) -> Statement.Form {
        var branches: [(condition: Expression, body: [Statement])] = []
        while true {
            let condition = try reader.expressionOrTuple()
            try endTag()
            let (statements, end) = try body(until: ["elif", "else", "endif"])
            branches.append((condition, statements))
            if end == "elif" { continue }
            let otherwise: [Statement]
            if end == "else" {
                try endTag()
                otherwise = try body(until: ["endif"]).statements
            } else {
                otherwise = []
            }
            try endTag()
            return .branches(branches, otherwise: otherwise)
        }
    }
}
