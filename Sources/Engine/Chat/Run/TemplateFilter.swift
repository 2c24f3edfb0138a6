/// A filter: what stands behind `|`.
struct TemplateFilter: Sendable {
    typealias Body =
        @Sendable (RunValue, [RunValue?], inout Interpreter) throws(ChatTemplateRefusal) -> RunValue

    let parameters: [String]
    let body: Body

    init(_ parameters: [String] = [], _ body: @escaping Body) {
        self.parameters = parameters
        self.body = body
    }

    private static let all = text.merging(rows) { first, _ in first }.merging(numbers) { first, _ in first }

    /// Other names of filters.
    private static let aliases = ["count": "length", "d": "default"]

    static subscript(name: String) -> TemplateFilter? { all[aliases[name] ?? name] }

    /// The names of all filters, for refusals.
    static let known = (Array(all.keys) + Array(aliases.keys) + Array(TemplateSelection.allNames)).sorted()
}

extension Interpreter {
    mutating func filtered(
        _ value: RunValue, by name: String, _ arguments: CallValues
    ) throws(ChatTemplateRefusal) -> RunValue {
        try meter.count(value)
        for argument in arguments.positional { try meter.count(argument) }
        let result: RunValue
        if let selection = TemplateSelection(rawValue: name) {
            result = try selected(value, by: selection, arguments)
        } else if name == "map" {
            result = try mapped(value, arguments)
        } else if let filter = TemplateFilter[name] {
            result = try filter.body(value, try arguments.fitted(to: filter.parameters, of: name), &self)
        } else {
            throw ChatTemplateRefusal(.unsupported(.filter, name: name, known: TemplateFilter.known))
        }
        try meter.count(result)
        return result
    }
}
