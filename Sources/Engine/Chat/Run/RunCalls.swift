/// Calls macros, functions and methods.
extension Interpreter {
    mutating func call(
        _ callee: Expression, _ arguments: Expression.CallSyntax
    ) throws(ChatTemplateRefusal) -> RunValue {
        let called: RunValue
        if case .attribute(let object, let name) = callee.form {
            let object = try value(of: object)
            called = try attribute(name, of: object)
            if case .undefined = called, let known = Self.methodNames(of: object) {
                throw ChatTemplateRefusal(.unsupported(.method, name: name, known: known))
            }
        } else {
            called = try value(of: callee)
            if case .name(let name) = callee.form, case .undefined = called {
                throw ChatTemplateRefusal(
                    .unsupported(.function, name: name, known: TemplateFunction.allCases.map(\.rawValue)))
            }
        }
        let arguments = try values(of: arguments)
        switch called {
        case .undefined(let what): throw ChatTemplateRefusal(.undefined(what))
        case .macro(let number): return try call(macros[number], arguments)
        case .function(let function): return try call(function, arguments)
        case .method(let owner, let name): return try call(name, of: owner, arguments)
        default: throw ChatTemplateRefusal(.operation("a call of \(called.kind)", expected: "a function or a macro"))
        }
    }

    private static func methodNames(of value: RunValue) -> [String]? {
        switch value {
        case .text: TextMethods.all.keys.sorted()
        case .mapping: MappingMethods.all.keys.sorted()
        case .list, .tuple: RowMethods.all.keys.sorted()
        default: nil
        }
    }

    private mutating func call(_ macro: RunMacro, _ arguments: CallValues) throws(ChatTemplateRefusal) -> RunValue {
        let syntax = macro.syntax
        let given = try arguments.fitted(to: syntax.parameters.map(\.name), of: "the macro \(syntax.name)")
        let outerLoops = loopCount
        loopCount = 0
        let text = try inScope(within: macro.scope) { (inner) throws(ChatTemplateRefusal) in
            for (parameter, value) in zip(syntax.parameters, given) {
                let value: RunValue =
                    if let value {
                        value
                    } else if let standard = parameter.standard {
                        try inner.value(of: standard)
                    } else {
                        .undefined("the argument \(parameter.name) of the macro \(syntax.name)")
                    }
                inner.scopes[inner.scope].values[parameter.name] = value
            }
            return try inner.gathering { (inner) throws(ChatTemplateRefusal) in try inner.run(syntax.body) }.text
        }
        loopCount = outerLoops
        return .text(text)
    }

    private mutating func call(
        _ name: String, of owner: RunValue, _ arguments: CallValues
    ) throws(ChatTemplateRefusal) -> RunValue {
        try meter.count(owner)
        for argument in arguments.positional { try meter.count(argument) }
        for (_, argument) in arguments.named { try meter.count(argument) }
        let result: RunValue
        switch owner {
        case .text(let text):
            guard let method = TextMethods.all[name] else { throw noMethod(name) }
            let given = try arguments.fitted(to: method.parameters, of: name)
            result = try method.body(text, given, &meter)
        case .mapping(let mapping):
            guard let method = MappingMethods.all[name] else { throw noMethod(name) }
            result = try method.body(mapping, try arguments.fitted(to: method.parameters, of: name))
        case .list(let row), .tuple(let row):
            guard let method = RowMethods.all[name] else { throw noMethod(name) }
            result = try method.body(row, try arguments.fitted(to: method.parameters, of: name), &meter)
        case .loop(let position):
            guard !arguments.positional.isEmpty else {
                throw ChatTemplateRefusal(.operation("cycle of nothing", expected: "a value or more"))
            }
            return arguments.positional[position.index % arguments.positional.count]
        default: throw noMethod(name)
        }
        try meter.count(result)
        return result
    }

    private func noMethod(_ name: String) -> ChatTemplateRefusal {
        ChatTemplateRefusal(.unsupported(.method, name: name, known: []))
    }
}
