/// The filters that make texts. What is no text is written as one first, as in Jinja.
extension TemplateFilter {
    static let text: [String: TemplateFilter] = [
        "trim": TemplateFilter(["chars"]) { value, given, run throws(ChatTemplateRefusal) in
            .text(PythonText.stripped(try run.meter.text(of: value), try given[0].text(for: "trim")))
        },
        "upper": TemplateFilter { value, _, run throws(ChatTemplateRefusal) in
            .text(try run.meter.text(of: value).uppercased())
        },
        "lower": TemplateFilter { value, _, run throws(ChatTemplateRefusal) in
            .text(try run.meter.text(of: value).lowercased())
        },
        "capitalize": TemplateFilter { value, _, run throws(ChatTemplateRefusal) in
            .text(PythonText.capitalised(try run.meter.text(of: value)))
        },
        "title": TemplateFilter { value, _, run throws(ChatTemplateRefusal) in
            let text = try run.meter.text(of: value)
            return .text(PythonText.titled(text) { !$0.isPythonSpace && !"-({[<".unicodeScalars.contains($0) })
        },
        "string": TemplateFilter { value, _, run throws(ChatTemplateRefusal) in
            .text(try run.meter.text(of: value))
        },
        "safe": TemplateFilter { value, _, run throws(ChatTemplateRefusal) in
            .text(try run.meter.text(of: value))
        },
        "replace": TemplateFilter(["old", "new", "count"]) { value, given, run throws(ChatTemplateRefusal) in
            let text = try run.meter.text(of: value)
            let old = try run.meter.text(of: given[0] ?? .undefined("old"))
            let new = try run.meter.text(of: given[1] ?? .undefined("new"))
            let most = try given[2].whole(for: "replace") ?? -1
            return .text(try TextMethods.replaced(text, old, new, most: most < 0 ? .max : most, &run.meter))
        },
        "join": TemplateFilter(["d", "attribute"]) { value, given, run throws(ChatTemplateRefusal) in
            var pieces: [String] = []
            for item in try value.elements(for: "join") {
                pieces.append(try run.meter.text(of: try run.attribute(given[1], of: item)))
            }
            let separator = try run.meter.text(of: given[0] ?? .text(""))
            return .text(try TextMethods.joined(pieces, by: separator, &run.meter))
        },
        "indent": TemplateFilter(["width", "first", "blank"]) { value, given, run throws(ChatTemplateRefusal) in
            try indented(try run.meter.text(of: value), given, &run.meter)
        },
        "tojson": TemplateFilter(["ensure_ascii", "indent", "separators", "sort_keys"]) {
            value, given, run throws(ChatTemplateRefusal) in
            .text(try json(given, &run.meter).text(of: value, counting: &run.meter))
        },
    ]

    private static func indented(
        _ text: String, _ given: [RunValue?], _ meter: inout WorkMeter
    ) throws(ChatTemplateRefusal) -> RunValue {
        let indent: String
        if case .text(let text) = given[0] {
            indent = text
        } else {
            indent = try spaces(try given[0].whole(for: "indent") ?? 4)
        }
        let lines = PythonText.lines(text + "\n")
        try meter.count(textOf: text.utf8.count + lines.count * (indent.utf8.count + 1))
        var result = given[1].isTrue ? indent : ""
        for (index, line) in lines.enumerated() {
            if index > 0 { result += "\n" + (line.isEmpty && !given[2].isTrue ? "" : indent) }
            result += line
        }
        return .text(result)
    }

    /// A margin; wider ones than the bound are of no use to anyone.
    private static func spaces(_ count: Int) throws(ChatTemplateRefusal) -> String {
        guard count <= 1000 else {
            throw ChatTemplateRefusal(.operation("an indent of \(count)", expected: "at most 1000"))
        }
        return String(repeating: " ", count: max(0, count))
    }

    private static func json(
        _ given: [RunValue?], _ meter: inout WorkMeter
    ) throws(ChatTemplateRefusal) -> JSONText {
        var json = JSONText(sortsKeys: given[3].isTrue, escapesNonASCII: given[0].isTrue)
        switch given[1] {
        case nil, .some(.none): break
        case .text(let text): json.indent = text
        case .some(let value): json.indent = try spaces(try Optional(value).whole(for: "tojson") ?? 0)
        }
        // With an indent, what follows a comma is the end of the line.
        if json.indent != nil { json.betweenItems = "," }
        switch given[2] {
        case nil, .some(.none): break
        case .list(let row), .tuple(let row):
            guard row.items.count == 2 else {
                throw ChatTemplateRefusal(.operation("\(row.items.count) separators for tojson", expected: "2"))
            }
            json.betweenItems = try meter.text(of: row.items[0])
            json.behindKeys = try meter.text(of: row.items[1])
        case .some(let value): throw value.refused(by: "tojson", expected: "two separators")
        }
        return json
    }
}
