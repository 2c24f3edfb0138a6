/// Runs statements one after the other.
extension Interpreter {
    mutating func run(_ statements: [Statement]) throws(ChatTemplateRefusal) -> RunFlow {
        for statement in statements {
            do {
                try meter.enter()
                let flow = try run(statement)
                meter.leave()
                if flow != .onward { return flow }
            } catch {
                throw error.placed(at: statement.line)
            }
        }
        return .onward
    }

    private mutating func run(_ statement: Statement) throws(ChatTemplateRefusal) -> RunFlow {
        switch statement.form {
        case .text(let text): try write(text)
        case .output(let expression):
            let value = try value(of: expression)
            try write(try meter.text(of: value))
        case .set(let target, let expression): try put(try value(of: expression), in: target)
        case .gather(let target, let expression, let body):
            let (text, flow) = try gathering { (inner) throws(ChatTemplateRefusal) in try inner.run(body) }
            guard flow == .onward else { return flow }
            gathered = .text(text)
            try put(try value(of: expression), in: target)
        case .branches(let branches, let otherwise):
            for (condition, body) in branches where try value(of: condition).isTrue { return try run(body) }
            return try run(otherwise)
        case .loop(let loop): return try run(loop)
        case .macro(let macro):
            macros.append(RunMacro(syntax: macro, scope: scope))
            scopes[scope].values[macro.name] = .macro(macros.count - 1)
        case .scope(let body):
            return try inScope(within: scope) { (inner) throws(ChatTemplateRefusal) in try inner.run(body) }
        case .leaveLoop: return .leaveLoop
        case .nextRound: return .nextRound
        }
        return .onward
    }

    private mutating func put(_ value: RunValue, in target: Statement.Target) throws(ChatTemplateRefusal) {
        try meter.step()
        switch target {
        case .name(let name): scopes[scope].values[name] = value
        case .attribute(let owner, let name):
            guard case .namespace(let number) = variable(owner) else {
                throw ChatTemplateRefusal(
                    .operation("\(variable(owner).kind) whose member \(name) is set", expected: "a namespace"))
            }
            try namespaces[number].put(value, under: .text(name))
        case .tuple(let targets):
            let items = try value.elements(for: "several names")
            guard items.count == targets.count else {
                throw ChatTemplateRefusal(
                    .operation("\(items.count) values for \(targets.count) names", expected: "a value for each name"))
            }
            for (target, item) in zip(targets, items) { try put(item, in: target) }
        }
    }

    private mutating func run(_ loop: Statement.LoopSyntax) throws(ChatTemplateRefusal) -> RunFlow {
        let rows = try value(of: loop.rows)
        try meter.count(rows)
        let items = try chosen(try rows.elements(for: "a for"), by: loop)
        guard !items.isEmpty else { return try run(loop.otherwise) }
        let row = try ValueRow(items)
        loopCount += 1
        let flow = try inScope(within: scope) { (inner) throws(ChatTemplateRefusal) in
            for index in items.indices {
                try inner.meter.step()
                let position = LoopPosition(rows: row, index: index, outerCount: inner.loopCount - 1)
                inner.scopes[inner.scope].values = ["loop": .loop(position)]
                try inner.put(items[index], in: loop.target)
                if try inner.run(loop.body) == .leaveLoop { break }
            }
            return RunFlow.onward
        }
        loopCount -= 1
        return flow
    }

    /// The elements for which the loop's condition holds.
    private mutating func chosen(
        _ items: [RunValue], by loop: Statement.LoopSyntax
    ) throws(ChatTemplateRefusal) -> [RunValue] {
        guard let condition = loop.condition else { return items }
        return try inScope(within: scope) { (inner) throws(ChatTemplateRefusal) in
            var result: [RunValue] = []
            for item in items {
                try inner.put(item, in: loop.target)
                if try inner.value(of: condition).isTrue { result.append(item) }
            }
            return result
        }
    }
}
