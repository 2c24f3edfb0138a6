/// A test: what stands behind `is`.
struct TemplateTest: Sendable {
    typealias Body = @Sendable (RunValue, [RunValue?], inout WorkMeter) throws(ChatTemplateRefusal) -> Bool

    let parameters: [String]
    let body: Body

    init(_ parameters: [String] = [], _ body: @escaping Body) {
        self.parameters = parameters
        self.body = body
    }

    private static let all = kinds.merging(comparisons) { first, _ in first }

    static subscript(name: String) -> TemplateTest? { all[name] }

    /// The names of all tests, for refusals.
    static let known = all.keys.sorted()

    private static let kinds: [String: TemplateTest] = [
        "defined": TemplateTest { value, _, _ in if case .undefined = value { false } else { true } },
        "undefined": TemplateTest { value, _, _ in if case .undefined = value { true } else { false } },
        "none": TemplateTest { value, _, _ in if case .none = value { true } else { false } },
        "string": TemplateTest { value, _, _ in if case .text = value { true } else { false } },
        "mapping": TemplateTest { value, _, _ in if case .mapping = value { true } else { false } },
        "boolean": TemplateTest { value, _, _ in if case .boolean = value { true } else { false } },
        "integer": TemplateTest { value, _, _ in if case .integer = value { true } else { false } },
        "float": TemplateTest { value, _, _ in if case .number = value { true } else { false } },
        "true": TemplateTest { value, _, _ in if case .boolean(true) = value { true } else { false } },
        "false": TemplateTest { value, _, _ in if case .boolean(false) = value { true } else { false } },
        // A truth value is a number in Python.
        "number": TemplateTest { value, _, _ in value.real != nil },
        "sequence": TemplateTest { value, _, _ in
            switch value {
            case .text, .list, .tuple, .mapping: true
            default: false
            }
        },
        "iterable": TemplateTest { value, _, _ in
            switch value {
            case .text, .list, .tuple, .mapping, .undefined: true
            default: false
            }
        },
        "callable": TemplateTest { value, _, _ in
            switch value {
            case .function, .method, .macro: true
            default: false
            }
        },
        "lower": TemplateTest { value, _, meter throws(ChatTemplateRefusal) in
            TextMethods.isCased(try meter.text(of: value)) { $0.properties.isLowercase }
        },
        "upper": TemplateTest { value, _, meter throws(ChatTemplateRefusal) in
            TextMethods.isCased(try meter.text(of: value)) { $0.properties.isUppercase }
        },
        "odd": TemplateTest { value, _, _ throws(ChatTemplateRefusal) in try whole(value, "odd") % 2 != 0 },
        "even": TemplateTest { value, _, _ throws(ChatTemplateRefusal) in try whole(value, "even") % 2 == 0 },
        "divisibleby": TemplateTest(["num"]) { value, given, _ throws(ChatTemplateRefusal) in
            let divisor = try whole(given[0] ?? .none, "divisibleby")
            guard divisor != 0 else {
                throw ChatTemplateRefusal(.operation("divisibleby 0", expected: "another divisor"))
            }
            return try whole(value, "divisibleby").isMultiple(of: divisor)
        },
    ]

    private static let comparisons: [String: TemplateTest] = {
        var result: [String: TemplateTest] = [:]
        let names: [(Comparison, [String])] = [
            (.equal, ["==", "eq", "equalto", "sameas"]), (.unequal, ["!=", "ne"]), (.less, ["<", "lt", "lessthan"]),
            (.atMost, ["<=", "le"]), (.more, [">", "gt", "greaterthan"]), (.atLeast, [">=", "ge"]), (.isIn, ["in"]),
        ]
        for (comparison, names) in names {
            for name in names {
                result[name] = TemplateTest(["other"]) { value, given, meter throws(ChatTemplateRefusal) in
                    guard let other = given[0] else {
                        throw ChatTemplateRefusal(.operation("nothing to compare with", expected: "a value"))
                    }
                    return try meter.holds(comparison, value, other)
                }
            }
        }
        return result
    }()

    private static func whole(_ value: RunValue, _ callee: String) throws(ChatTemplateRefusal) -> Int {
        guard let whole = value.whole else { throw value.refused(by: callee, expected: "a whole number") }
        return whole
    }
}

extension Interpreter {
    mutating func passes(
        _ value: RunValue, _ name: String, _ arguments: CallValues
    ) throws(ChatTemplateRefusal) -> Bool {
        guard let test = TemplateTest[name] else {
            throw ChatTemplateRefusal(.unsupported(.test, name: name, known: TemplateTest.known))
        }
        return try test.body(value, try arguments.fitted(to: test.parameters, of: name), &meter)
    }
}
