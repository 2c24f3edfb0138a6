/// Reads the tags that bind names: `for`, `set` and `macro`.
extension StatementParser {
    mutating func loop() throws(ChatTemplateRefusal) -> Statement.Form {
        let target = try target(stopsAt: "in")
        guard reader.takeName("in") else { throw reader.unexpected("in") }
        let rows = try rows()
        let condition = reader.takeName("if") ? try reader.expression() : nil
        try endTag()
        let outer = loopDepth
        loopDepth += 1
        defer { loopDepth = outer }
        let (statements, end) = try body(until: ["else", "endfor"])
        var otherwise: [Statement] = []
        if end == "else" {
            try endTag()
            otherwise = try withLoopDepth(outer, until: ["endfor"])
        }
        try endTag()
        return .loop(
            Statement.LoopSyntax(
                target: target, rows: rows, condition: condition, body: statements, otherwise: otherwise))
    }

    /// What a loop goes over: no `a if b else c` here, for `if` begins the loop's condition.
    private mutating func rows() throws(ChatTemplateRefusal) -> Expression {
        let line = reader.line
        let first = try reader.disjunction()
        guard reader.isAt(",") else { return first }
        var items = [first]
        while reader.take(",") { items.append(try reader.disjunction()) }
        return try Expression(.tuple(items), line: line, over: items)
    }

    mutating func set() throws(ChatTemplateRefusal) -> Statement.Form {
        let line = reader.line
        let target = try target(stopsAt: "=")
        if reader.take("=") {
            let value = try reader.expressionOrTuple()
            try endTag()
            return .set(target, value)
        }
        var value = try Expression(.gathered, line: line)
        while reader.isAt("|") { value = try reader.filter(value) }
        try endTag()
        let statements = try body(until: ["endset"]).statements
        try endTag()
        return .gather(target, value: value, body: statements)
    }

    mutating func macro() throws(ChatTemplateRefusal) -> Statement.Form {
        let name = try reader.expectName("the macro's name")
        try reader.expect("(")
        var parameters: [(name: String, standard: Expression?)] = []
        while !reader.isAt(")") {
            let parameter = try bindableName()
            let standard = reader.take("=") ? try reader.expression() : nil
            guard standard != nil || parameters.last?.standard == nil else {
                throw reader.unexpected("= behind \(parameter), for the parameter before it has a standard value")
            }
            parameters.append((parameter, standard))
            guard reader.take(",") else { break }
        }
        try reader.expect(")")
        try endTag()
        let statements = try withLoopDepth(0, until: ["endmacro"])
        try endTag()
        return .macro(Statement.MacroSyntax(name: name, parameters: parameters, body: statements))
    }

    private mutating func bindableName() throws(ChatTemplateRefusal) -> String {
        if case .name(let name) = reader.current.kind,
            ["true", "false", "none", "True", "False", "None", "loop", "in", "if", "not"].contains(name)
        {
            throw reader.unexpected("a name that a value may be put in")
        }
        return try reader.expectName()
    }

    /// One name or several with commas between, up to the word or sign `stop`.
    private mutating func target(stopsAt stop: String) throws(ChatTemplateRefusal) -> Statement.Target {
        var targets = [try singleTarget()]
        var isTuple = false
        while reader.take(",") {
            isTuple = true
            if reader.isAt(stop) || reader.isAtName(stop) { break }
            targets.append(try singleTarget())
        }
        return isTuple ? .tuple(targets) : targets[0]
    }

    private mutating func singleTarget() throws(ChatTemplateRefusal) -> Statement.Target {
        if reader.take("(") {
            try reader.enter()
            defer { reader.leave() }
            let inner = try target(stopsAt: ")")
            try reader.expect(")")
            return inner
        }
        let name = try bindableName()
        guard reader.take(".") else { return .name(name) }
        return .attribute(of: name, name: try reader.expectName("the name of an attribute"))
    }
}
