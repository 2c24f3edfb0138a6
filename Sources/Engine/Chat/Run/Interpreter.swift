/// Runs a template: goes through its statements, gathers what they write, and keeps its variables.
///
/// Nothing outside can be reached from it. Namespaces and macros are kept here by number and named by their numbers
/// in values, so that what a template makes is let go of with the interpreter, whatever refers to what.
struct Interpreter {
    var meter = WorkMeter()
    var scopes: [RunScope]
    /// The number of the innermost scope.
    var scope = 0
    var namespaces: [ValueMapping] = []
    var macros: [RunMacro] = []
    var output = ""
    /// What a block wrote, while its filters run.
    var gathered = RunValue.none
    /// Loops around the place that runs.
    var loopCount = 0
    let now: CalendarMoment?

    init(variables: [String: TemplateValue], now: CalendarMoment?) throws(ChatTemplateRefusal) {
        self.now = now
        var values: [String: RunValue] = [:]
        for function in TemplateFunction.allCases where function != .strftimeNow || now != nil {
            values[function.rawValue] = .function(function)
        }
        for (name, value) in variables { values[name] = try RunValue(value, counting: &meter, level: 0) }
        scopes = [RunScope(outer: nil, values: values)]
    }

    /// The text that `statements` write.
    mutating func render(_ statements: [Statement]) throws(ChatTemplateRefusal) -> String {
        _ = try run(statements)
        return output
    }

    mutating func write(_ text: String) throws(ChatTemplateRefusal) {
        try meter.count(bytes: text.utf8.count)
        output += text
        guard output.utf8.count <= WorkMeter.mostText else {
            throw ChatTemplateRefusal(.tooMuch(.text, most: WorkMeter.mostText))
        }
    }

    /// What `work` writes, instead of writing it to the output.
    mutating func gathering(
        _ work: (inout Interpreter) throws(ChatTemplateRefusal) -> RunFlow
    ) throws(ChatTemplateRefusal) -> (text: String, flow: RunFlow) {
        let outer = output
        output = ""
        let flow = try work(&self)
        let text = output
        output = outer
        return (text, flow)
    }

    /// Does `work` in a scope of its own inside the scope `outer`.
    mutating func inScope<Result>(
        within outer: Int, _ work: (inout Interpreter) throws(ChatTemplateRefusal) -> Result
    ) throws(ChatTemplateRefusal) -> Result {
        let before = scope
        let macroCount = macros.count
        let number = scopes.count
        scopes.append(RunScope(outer: outer))
        scope = number
        let result = try work(&self)
        scope = before
        // A macro made inside may still look into the scope.
        if macros.count == macroCount, scopes.count == number + 1 { scopes.removeLast() }
        return result
    }

    /// The value of the variable `name`, from the innermost scope that has it.
    func variable(_ name: String) -> RunValue {
        var number: Int? = scope
        while let place = number {
            if let value = scopes[place].values[name] { return value }
            number = scopes[place].outer
        }
        return .undefined(name)
    }
}

extension RunValue {
    /// A value of the caller's, `level` deep in another.
    init(_ value: TemplateValue, counting meter: inout WorkMeter, level: Int) throws(ChatTemplateRefusal) {
        try meter.step()
        guard level <= Self.mostDepth else { throw ChatTemplateRefusal(.tooMuch(.nesting, most: Self.mostDepth)) }
        switch value {
        case .none: self = .none
        case .boolean(let flag): self = .boolean(flag)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .text(let text):
            try meter.count(textOf: text.utf8.count)
            self = .text(text)
        case .list(let values):
            var items: [RunValue] = []
            items.reserveCapacity(values.count)
            for value in values { items.append(try RunValue(value, counting: &meter, level: level + 1)) }
            self = .list(try ValueRow(items))
        case .mapping(let members):
            var mapping = ValueMapping()
            for (name, value) in members.members {
                try mapping.put(try RunValue(value, counting: &meter, level: level + 1), under: .text(name))
            }
            self = .mapping(mapping)
        }
    }
}
