/// The arguments of a call, once they have values.
struct CallValues: Sendable {
    var positional: [RunValue] = []
    var named: [(name: String, value: RunValue)] = []

    /// The arguments in the order of `parameters`, nil for those not given; refuses others.
    func fitted(to parameters: [String], of callee: String) throws(ChatTemplateRefusal) -> [RunValue?] {
        var result = [RunValue?](repeating: nil, count: parameters.count)
        guard positional.count <= parameters.count else {
            throw ChatTemplateRefusal(
                .operation(
                    "\(positional.count) arguments for \(callee)", expected: "at most \(parameters.count)"))
        }
        for (place, value) in positional.enumerated() { result[place] = value }
        for (name, value) in named {
            guard let place = parameters.firstIndex(of: name) else {
                throw ChatTemplateRefusal(
                    .operation(
                        "the argument \(name) for \(callee)",
                        expected: parameters.isEmpty ? "none" : "one of \(parameters.joined(separator: ", "))"))
            }
            guard result[place] == nil else {
                throw ChatTemplateRefusal(.operation("\(name) twice for \(callee)", expected: "it once"))
            }
            result[place] = value
        }
        return result
    }
}

/// What is read out of an argument, or a refusal that says whose argument it is.
extension Optional<RunValue> {
    func text(for callee: String) throws(ChatTemplateRefusal) -> String? {
        switch self {
        case nil, .some(.none): return nil
        case .text(let text): return text
        case .some(let value): throw value.refused(by: callee, expected: "a text")
        }
    }

    func whole(for callee: String) throws(ChatTemplateRefusal) -> Int? {
        switch self {
        case nil, .some(.none): return nil
        case .some(let value):
            guard let whole = value.whole else { throw value.refused(by: callee, expected: "a whole number") }
            return whole
        }
    }

    var isTrue: Bool { self?.isTrue ?? false }
}

extension RunValue {
    func refused(by callee: String, expected: String) -> ChatTemplateRefusal {
        if case .undefined(let what) = self { return ChatTemplateRefusal(.undefined(what)) }
        return ChatTemplateRefusal(.operation("\(kind) for \(callee)", expected: expected))
    }

    /// What a loop over the value goes through: elements, keys, or the scalars of a text.
    func elements(for callee: String) throws(ChatTemplateRefusal) -> [RunValue] {
        switch self {
        case .undefined: return []
        case .list(let row), .tuple(let row): return row.items
        case .mapping(let mapping): return mapping.keys
        case .text(let text): return text.unicodeScalars.map { .text(String($0)) }
        default: throw refused(by: callee, expected: "a list, a mapping or a text")
        }
    }
}
