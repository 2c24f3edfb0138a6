import Foundation

/// The filters that give numbers, or choose by size.
extension TemplateFilter {
    static let numbers: [String: TemplateFilter] = [
        "int": TemplateFilter(["default", "base"]) { value, given, run throws(ChatTemplateRefusal) in
            try run.refuseUndefined(value)
            let standard = given[0] ?? .integer(0)
            switch value {
            case .text(let text):
                let radix = try given[1].whole(for: "int") ?? 10
                if 2...36 ~= radix, let whole = NumberText.whole(text, radix: radix) { return .integer(whole) }
                return NumberText.real(text).flatMap(truncated) ?? standard
            case .number(let number): return truncated(number) ?? standard
            default: return value.whole.map(RunValue.integer) ?? standard
            }
        },
        "float": TemplateFilter(["default"]) { value, given, run throws(ChatTemplateRefusal) in
            try run.refuseUndefined(value)
            let number: Double? = if case .text(let text) = value { NumberText.real(text) } else { value.real }
            return number.map(RunValue.number) ?? given[0] ?? .number(0)
        },
        "abs": TemplateFilter { value, _, run throws(ChatTemplateRefusal) in
            try run.refuseUndefined(value)
            guard let number = value.real else { throw value.refused(by: "abs", expected: "a number") }
            return number < 0 ? try run.meter.result(of: .minus, .integer(0), value) : value
        },
        "round": TemplateFilter(["precision", "method"]) { value, given, run throws(ChatTemplateRefusal) in
            try run.refuseUndefined(value)
            guard let number = value.real else { throw value.refused(by: "round", expected: "a number") }
            let precision = try given[0].whole(for: "round") ?? 0
            guard -300...300 ~= precision else {
                throw ChatTemplateRefusal(.operation("\(precision) digits for round", expected: "-300 to 300"))
            }
            let scale = pow(10, Double(precision))
            switch try given[1].text(for: "round") ?? "common" {
            case "ceil": return .number(ceil(number * scale) / scale)
            case "floor": return .number(floor(number * scale) / scale)
            default:
                if let whole = value.whole, precision >= 0 { return .integer(whole) }
                return .number((number * scale).rounded(.toNearestOrEven) / scale)
            }
        },
        "sum": TemplateFilter(["attribute", "start"]) { value, given, run throws(ChatTemplateRefusal) in
            var total = given[1] ?? .integer(0)
            for item in try value.elements(for: "sum") {
                total = try run.meter.result(of: .plus, total, try run.attribute(given[0], of: item))
            }
            return total
        },
        "min": TemplateFilter(["case_sensitive", "attribute"]) { value, given, run throws(ChatTemplateRefusal) in
            try extreme(value, given, &run, order: StableOrder())
        },
        "max": TemplateFilter(["case_sensitive", "attribute"]) { value, given, run throws(ChatTemplateRefusal) in
            try extreme(value, given, &run, order: StableOrder(reversed: true))
        },
    ]

    private static func truncated(_ number: Double) -> RunValue? {
        Int(exactly: number.rounded(.towardZero)).map(RunValue.integer)
    }

    private static func extreme(
        _ value: RunValue, _ given: [RunValue?], _ run: inout Interpreter, order: StableOrder
    ) throws(ChatTemplateRefusal) -> RunValue {
        let items = try value.elements(for: "min and max")
        var keys: [RunValue] = []
        for item in items { keys.append(try run.attribute(given[1], of: item).folded(unless: given[0].isTrue)) }
        guard let first = try order.indices(of: keys, counting: &run.meter).first else {
            return .undefined("the least or the most of nothing")
        }
        return items[first]
    }
}
