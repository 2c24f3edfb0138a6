/// Reads what stands behind a value: `.name`, `[…]`, `(…)`, `| filter` and `is test`.
extension TokenReader {
    mutating func withPostfixes(_ start: Expression) throws(ChatTemplateRefusal) -> Expression {
        var result = start
        while true {
            if isAt(".") {
                result = try attribute(of: result)
            } else if isAt("[") {
                result = try element(of: result)
            } else if isAt("(") {
                result = try call(result)
            } else {
                return result
            }
        }
    }

    mutating func withFilters(_ start: Expression) throws(ChatTemplateRefusal) -> Expression {
        var result = start
        while true {
            if isAt("|") {
                result = try filter(result)
            } else if isAtName("is") {
                result = try test(result)
            } else if isAt("(") {
                result = try call(result)
            } else {
                return result
            }
        }
    }

    /// `| name` or `| name(…)`.
    mutating func filter(_ operand: Expression) throws(ChatTemplateRefusal) -> Expression {
        let line = line
        try expect("|")
        let name = try dottedName("the name of a filter")
        let arguments = isAt("(") ? try arguments() : Expression.CallSyntax()
        return try Expression(
            .filter(operand, name: name, arguments), line: line, over: [operand] + arguments.expressions)
    }

    private mutating func test(_ operand: Expression) throws(ChatTemplateRefusal) -> Expression {
        let line = line
        advance()
        let isNegated = takeName("not")
        let name = try dottedName("the name of a test")
        var arguments = Expression.CallSyntax()
        if isAt("(") {
            arguments = try self.arguments()
        } else if startsTestArgument {
            // One argument may stand without brackets: `is divisibleby 3`.
            arguments.positional = [try withPostfixes(primary())]
        }
        let tested = try Expression(
            .test(operand, name: name, arguments), line: line, over: [operand] + arguments.expressions)
        return isNegated ? try Expression(.not(tested), line: line, over: [tested]) : tested
    }

    private var startsTestArgument: Bool {
        switch current.kind {
        case .name(let name): !["else", "or", "and", "if", "is", "in", "not"].contains(name)
        case .text, .integer, .number: true
        case .sign(let sign): ["[", "{"].contains(sign)
        default: false
        }
    }

    private mutating func dottedName(_ words: String) throws(ChatTemplateRefusal) -> String {
        var name = try expectName(words)
        while take(".") { name += "." + (try expectName(words)) }
        return name
    }

    private mutating func attribute(of object: Expression) throws(ChatTemplateRefusal) -> Expression {
        let line = line
        advance()
        if case .integer(let index) = current.kind {
            advance()
            let place = try Expression(.literal(.integer(index)), line: line)
            return try Expression(.element(of: object, at: place), line: line, over: [object])
        }
        let name = try expectName("the name of an attribute")
        return try Expression(.attribute(of: object, name: name), line: line, over: [object])
    }

    private mutating func element(of object: Expression) throws(ChatTemplateRefusal) -> Expression {
        let line = line
        advance()
        var bounds: [Expression?] = []
        var isSlice = false
        if !isAt(":") { bounds.append(try expressionOrTuple()) } else { bounds.append(nil) }
        while bounds.count < 3, take(":") {
            isSlice = true
            bounds.append(isAt(":") || isAt("]") ? nil : try expression())
        }
        try expect("]")
        let parts = [object] + bounds.compactMap { $0 }
        guard isSlice else {
            return try Expression(.element(of: object, at: parts[1]), line: line, over: parts)
        }
        return try Expression(
            .slice(
                of: object, start: bounds[0], stop: bounds.count > 1 ? bounds[1] : nil,
                step: bounds.count > 2 ? bounds[2] : nil), line: line, over: parts)
    }

    private mutating func call(_ callee: Expression) throws(ChatTemplateRefusal) -> Expression {
        let line = line
        let arguments = try arguments()
        return try Expression(.call(callee, arguments), line: line, over: [callee] + arguments.expressions)
    }

    private mutating func arguments() throws(ChatTemplateRefusal) -> Expression.CallSyntax {
        try expect("(")
        var result = Expression.CallSyntax()
        while !isAt(")") {
            if case .name(let name) = current.kind, following.kind == .sign("=") {
                advance()
                advance()
                result.named.append((name, try expression()))
            } else {
                guard result.named.isEmpty else { throw unexpected("named arguments only behind a named one") }
                result.positional.append(try expression())
            }
            guard take(",") else { break }
        }
        try expect(")")
        return result
    }
}
