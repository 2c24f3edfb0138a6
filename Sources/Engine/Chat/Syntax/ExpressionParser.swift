/// Reads expressions with Jinja's precedence: from weak to strong `if`, `or`, `and`, `not`, comparisons, `+ -`, `~`,
/// `* / // %`, `**`, signs, and then what stands behind a value: attributes, calls, filters and tests.
extension TokenReader {
    /// An expression, or a tuple of several with commas between.
    mutating func expressionOrTuple() throws(ChatTemplateRefusal) -> Expression {
        let line = line
        let first = try expression()
        guard isAt(",") else { return first }
        var items = [first]
        while take(",") {
            guard startsExpression else { break }
            items.append(try expression())
        }
        return try Expression(.tuple(items), line: line, over: items)
    }

    /// `a if condition else b`.
    mutating func expression() throws(ChatTemplateRefusal) -> Expression {
        try enter()
        defer { leave() }
        let line = line
        var result = try disjunction()
        while takeName("if") {
            let condition = try disjunction()
            let other = takeName("else") ? try expression() : nil
            result = try Expression(
                .choice(if: condition, then: result, else: other), line: line,
                over: [result, condition] + (other.map { [$0] } ?? []))
        }
        return result
    }

    /// An expression without `if`, so that one may follow it.
    mutating func disjunction() throws(ChatTemplateRefusal) -> Expression {
        let line = line
        var left = try conjunction()
        while takeName("or") {
            let right = try conjunction()
            left = try Expression(.or(left, right), line: line, over: [left, right])
        }
        return left
    }

    private mutating func conjunction() throws(ChatTemplateRefusal) -> Expression {
        let line = line
        var left = try negation()
        while takeName("and") {
            let right = try negation()
            left = try Expression(.and(left, right), line: line, over: [left, right])
        }
        return left
    }

    private mutating func negation() throws(ChatTemplateRefusal) -> Expression {
        let line = line
        guard takeName("not") else { return try comparison() }
        try enter()
        defer { leave() }
        let operand = try negation()
        return try Expression(.not(operand), line: line, over: [operand])
    }

    private mutating func comparison() throws(ChatTemplateRefusal) -> Expression {
        let line = line
        let first = try chain(weakest: 0)
        var others: [(Comparison, Expression)] = []
        while let comparison = takeComparison() { others.append((comparison, try chain(weakest: 0))) }
        guard !others.isEmpty else { return first }
        return try Expression(.comparison(first, others), line: line, over: [first] + others.map(\.1))
    }

    private mutating func takeComparison() -> Comparison? {
        switch current.kind {
        case .sign(let sign):
            guard let comparison = Comparison(rawValue: sign) else { return nil }
            advance()
            return comparison
        case .name("in"):
            advance()
            return .isIn
        case .name("not"):
            guard following.kind == .name("in") else { return nil }
            advance()
            advance()
            return .isNotIn
        default: return nil
        }
    }

    /// The signs between values, weakest first; all of them join from the left, also `**`, as in Jinja.
    private static let strengths = [["+", "-"], ["~"], ["*", "/", "//", "%"], ["**"]]

    /// Values joined by signs at least as strong as those of `weakest`.
    private mutating func chain(weakest: Int) throws(ChatTemplateRefusal) -> Expression {
        let line = line
        var left = try signed(takesFilters: true)
        while case .sign(let sign) = current.kind,
            let strength = Self.strengths.firstIndex(where: { $0.contains(sign) }), strength >= weakest
        {
            advance()
            let right = try chain(weakest: strength + 1)
            let form: Expression.Form =
                if let arithmetic = Arithmetic(rawValue: sign) {
                    .arithmetic(arithmetic, left, right)
                } else {
                    .concatenation(left, right)
                }
            left = try Expression(form, line: line, over: [left, right])
        }
        return left
    }

    private mutating func signed(takesFilters: Bool) throws(ChatTemplateRefusal) -> Expression {
        let line = line
        var result: Expression
        if isAt("-") || isAt("+") {
            let isNegative = isAt("-")
            advance()
            try enter()
            defer { leave() }
            let operand = try signed(takesFilters: false)
            result = try Expression(isNegative ? .negative(operand) : .positive(operand), line: line, over: [operand])
        } else {
            result = try primary()
        }
        result = try withPostfixes(result)
        return takesFilters ? try withFilters(result) : result
    }

    private var startsExpression: Bool {
        switch current.kind {
        case .name(let name): !["in", "if", "else"].contains(name)
        case .text, .integer, .number: true
        case .sign(let sign): ["(", "[", "{", "-", "+"].contains(sign)
        default: false
        }
    }
}
