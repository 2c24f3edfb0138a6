/// The filters that choose elements by a test, of the element or of a member of it.
enum TemplateSelection: String, CaseIterable {
    case select, reject, selectattr, rejectattr

    /// These and `map`, which also names a filter or a member.
    static let allNames = allCases.map(\.rawValue) + ["map"]
}

extension Interpreter {
    /// As in Jinja, what counts as false has no elements here.
    mutating func selected(
        _ value: RunValue, by selection: TemplateSelection, _ arguments: CallValues
    ) throws(ChatTemplateRefusal) -> RunValue {
        var rest = arguments.positional[...]
        let callee = selection.rawValue
        let isByMember = selection == .selectattr || selection == .rejectattr
        let member: RunValue? = isByMember ? rest.popFirst() : nil
        guard !isByMember || member != nil else {
            throw ChatTemplateRefusal(.operation("no member for \(callee)", expected: "the name of one"))
        }
        let test = try rest.popFirst().text(for: callee)
        let others = CallValues(positional: Array(rest), named: arguments.named)
        let isKept = selection == .select || selection == .selectattr
        var result: [RunValue] = []
        for item in value.isTrue ? try value.elements(for: callee) : [] {
            let subject = try attribute(member, of: item)
            let holds = if let test { try passes(subject, test, others) } else { subject.isTrue }
            if holds == isKept { result.append(item) }
        }
        return .list(try ValueRow(result))
    }

    /// `map('filter', …)`, or `map(attribute='name', default=…)`.
    mutating func mapped(_ value: RunValue, _ arguments: CallValues) throws(ChatTemplateRefusal) -> RunValue {
        var result: [RunValue] = []
        let items = value.isTrue ? try value.elements(for: "map") : []
        if arguments.positional.isEmpty {
            let given = try arguments.fitted(to: ["attribute", "default"], of: "map")
            guard let member = given[0] else {
                throw ChatTemplateRefusal(.operation("map of nothing", expected: "a filter or an attribute"))
            }
            for item in items {
                let found = try attribute(member, of: item)
                if case .undefined = found, let standard = given[1] {
                    result.append(standard)
                } else {
                    result.append(found)
                }
            }
        } else {
            guard let name = try arguments.positional.first.text(for: "map") else {
                throw ChatTemplateRefusal(.operation("none for map", expected: "the name of a filter"))
            }
            let others = CallValues(positional: Array(arguments.positional.dropFirst()), named: arguments.named)
            try meter.enter()
            for item in items {
                try meter.step()
                result.append(try filtered(item, by: name, others))
            }
            meter.leave()
        }
        return .list(try ValueRow(result))
    }

    /// The member of `value` that a filter's argument names, step by step at its dots; the value itself without one.
    mutating func attribute(_ named: RunValue?, of value: RunValue) throws(ChatTemplateRefusal) -> RunValue {
        try meter.step()
        switch named {
        case nil, .some(.none): return value
        case .text(let path):
            var result = value
            for step in TextSearch(".").pieces(of: path) {
                try meter.count(textOf: path.utf8.count)
                result = try element(of: result, at: Int(step).map(RunValue.integer) ?? .text(step))
            }
            return result
        case .some(let place): return try element(of: value, at: place)
        }
    }
}
