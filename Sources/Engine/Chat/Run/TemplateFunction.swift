/// The functions that a template may call by name.
enum TemplateFunction: String, CaseIterable, Sendable {
    case range
    case namespace
    case dict
    case raiseException = "raise_exception"
    case strftimeNow = "strftime_now"
}

extension Interpreter {
    mutating func call(
        _ function: TemplateFunction, _ arguments: CallValues
    ) throws(ChatTemplateRefusal) -> RunValue {
        switch function {
        case .range: return try range(arguments)
        case .namespace:
            namespaces.append(try members(arguments, of: "namespace"))
            return .namespace(namespaces.count - 1)
        case .dict: return .mapping(try members(arguments, of: "dict"))
        case .raiseException:
            let given = try arguments.fitted(to: ["message"], of: "raise_exception")
            throw ChatTemplateRefusal(.raised(try meter.text(of: given[0] ?? .none)))
        case .strftimeNow:
            let given = try arguments.fitted(to: ["format"], of: "strftime_now")
            guard let pattern = try given[0].text(for: "strftime_now"), let now else {
                throw ChatTemplateRefusal(.operation("no pattern for strftime_now", expected: "one such as %Y-%m-%d"))
            }
            try meter.count(textOf: pattern.utf8.count)
            return .text(try CalendarFormat(pattern).text(of: now))
        }
    }

    private mutating func range(_ arguments: CallValues) throws(ChatTemplateRefusal) -> RunValue {
        var bounds: [Int] = []
        for argument in arguments.positional { bounds.append(try Optional(argument).whole(for: "range") ?? 0) }
        guard 1...3 ~= bounds.count, arguments.named.isEmpty, bounds.count < 3 || bounds[2] != 0 else {
            throw ChatTemplateRefusal(
                .operation(
                    "range of \(arguments.positional.count) numbers", expected: "1 to 3, with a step that is not 0"))
        }
        let start = bounds.count == 1 ? 0 : bounds[0]
        let stop = bounds.count == 1 ? bounds[0] : bounds[1]
        let step = bounds.count == 3 ? bounds[2] : 1
        let (distance, overflow) = stop.subtractingReportingOverflow(start)
        guard !overflow, distance.magnitude / step.magnitude <= WorkMeter.mostRange else {
            throw ChatTemplateRefusal(.tooMuch(.range, most: WorkMeter.mostRange))
        }
        let numbers = stride(from: start, to: stop, by: step).map(RunValue.integer)
        try meter.count(elements: numbers.count)
        return .list(try ValueRow(numbers))
    }

    /// Members from a mapping, if one is given, and from named arguments.
    private mutating func members(_ arguments: CallValues, of callee: String) throws(ChatTemplateRefusal)
        -> ValueMapping
    {
        var result = ValueMapping()
        for argument in arguments.positional {
            guard case .mapping(let mapping) = argument else {
                throw argument.refused(by: callee, expected: "a mapping or named values")
            }
            try meter.count(argument)
            for (key, value) in zip(mapping.keys, mapping.values) { try result.put(value, under: key) }
        }
        for (name, value) in arguments.named { try result.put(value, under: .text(name)) }
        return result
    }
}
