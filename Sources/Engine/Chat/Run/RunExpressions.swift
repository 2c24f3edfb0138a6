/// Finds the values of expressions.
extension Interpreter {
    mutating func value(of expression: Expression) throws(ChatTemplateRefusal) -> RunValue {
        do {
            try meter.enter()
            let value = try found(expression.form)
            meter.leave()
            return value
        } catch {
            throw error.placed(at: expression.line)
        }
    }

    private mutating func found(_ form: Expression.Form) throws(ChatTemplateRefusal) -> RunValue {
        switch form {
        case .literal(let value): return value
        case .name(let name): return variable(name)
        case .gathered: return gathered
        case .list(let parts): return .list(try ValueRow(try values(of: parts)))
        case .tuple(let parts): return .tuple(try ValueRow(try values(of: parts)))
        case .mapping(let members): return try mapping(of: members)
        case .attribute(let object, let name): return try attribute(name, of: try value(of: object))
        case .element(let object, let place): return try element(of: try value(of: object), at: try value(of: place))
        case .slice(let object, let start, let stop, let step):
            return try slice(
                of: try value(of: object), start: try bound(start), stop: try bound(stop), step: try bound(step))
        case .call(let callee, let arguments): return try call(callee, arguments)
        case .filter(let operand, let name, let arguments):
            let operand = try value(of: operand)
            return try filtered(operand, by: name, try values(of: arguments))
        case .test(let operand, let name, let arguments):
            let operand = try value(of: operand)
            return .boolean(try passes(operand, name, try values(of: arguments)))
        case .negative(let operand):
            let operand = try value(of: operand)
            try refuseUndefined(operand)
            if case .number(let number) = operand { return .number(-number) }
            return try meter.result(of: .minus, .integer(0), operand)
        case .positive(let operand):
            let operand = try value(of: operand)
            try refuseUndefined(operand)
            return try meter.result(of: .plus, .integer(0), operand)
        case .not(let operand): return .boolean(!(try value(of: operand).isTrue))
        case .and(let left, let right):
            let left = try value(of: left)
            return left.isTrue ? try value(of: right) : left
        case .or(let left, let right):
            let left = try value(of: left)
            return left.isTrue ? left : try value(of: right)
        case .arithmetic(let operation, let left, let right):
            let left = try value(of: left)
            let right = try value(of: right)
            try refuseUndefined(left)
            try refuseUndefined(right)
            return try meter.result(of: operation, left, right)
        case .concatenation(let left, let right):
            let text = try meter.text(of: try value(of: left)) + meter.text(of: try value(of: right))
            try meter.count(textOf: text.utf8.count)
            return .text(text)
        case .comparison(let first, let others): return try compared(first, others)
        case .choice(let condition, let chosen, let other):
            if try value(of: condition).isTrue { return try value(of: chosen) }
            guard let other else { return .undefined("the else of an if that has none") }
            return try value(of: other)
        }
    }

    private mutating func compared(
        _ first: Expression, _ others: [(Comparison, Expression)]
    ) throws(ChatTemplateRefusal) -> RunValue {
        var left = try value(of: first)
        for (comparison, right) in others {
            let right = try value(of: right)
            if comparison != .equal, comparison != .unequal, comparison != .isIn, comparison != .isNotIn {
                try refuseUndefined(left)
                try refuseUndefined(right)
            }
            guard try meter.holds(comparison, left, right) else { return .boolean(false) }
            left = right
        }
        return .boolean(true)
    }

    func refuseUndefined(_ value: RunValue) throws(ChatTemplateRefusal) {
        if case .undefined(let what) = value { throw ChatTemplateRefusal(.undefined(what)) }
    }

    private mutating func values(of parts: [Expression]) throws(ChatTemplateRefusal) -> [RunValue] {
        var result: [RunValue] = []
        result.reserveCapacity(parts.count)
        for part in parts { result.append(try value(of: part)) }
        return result
    }

    mutating func values(of arguments: Expression.CallSyntax) throws(ChatTemplateRefusal) -> CallValues {
        var result = CallValues(positional: try values(of: arguments.positional))
        for (name, argument) in arguments.named { result.named.append((name, try value(of: argument))) }
        return result
    }

    private mutating func mapping(
        of members: [(key: Expression, value: Expression)]
    ) throws(ChatTemplateRefusal) -> RunValue {
        var result = ValueMapping()
        for (key, member) in members {
            let key = try value(of: key)
            try meter.count(key)
            try result.put(try value(of: member), under: key)
        }
        return .mapping(result)
    }

    private mutating func bound(_ expression: Expression?) throws(ChatTemplateRefusal) -> Int? {
        guard let expression else { return nil }
        return try Optional(try value(of: expression)).whole(for: "a slice")
    }
}
