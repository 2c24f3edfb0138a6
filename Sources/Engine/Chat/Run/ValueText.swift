/// Writes values as Python does: `str` for what is written out, `repr` for what is inside a list.
extension WorkMeter {
    /// The value as an output shows it.
    mutating func text(of value: RunValue) throws(ChatTemplateRefusal) -> String {
        switch value {
        case .undefined: return ""
        case .text(let text): return text
        default:
            var result = ""
            try write(value, to: &result)
            return result
        }
    }

    private mutating func write(_ value: RunValue, to result: inout String) throws(ChatTemplateRefusal) {
        try step()
        let before = result.utf8.count
        switch value {
        case .undefined: result += "Undefined"
        case .none: result += "None"
        case .boolean(let flag): result += flag ? "True" : "False"
        case .integer(let number): result += String(number)
        case .number(let number): result += NumberText.text(of: number)
        case .text(let text): result += PythonText.quoted(text)
        case .list(let row): try write(row, between: "[", "]", to: &result)
        case .tuple(let row): try write(row, between: "(", row.items.count == 1 ? ",)" : ")", to: &result)
        case .mapping(let mapping):
            result += "{"
            for (index, (key, value)) in zip(mapping.keys, mapping.values).enumerated() {
                if index > 0 { result += ", " }
                try write(key, to: &result)
                result += ": "
                try write(value, to: &result)
            }
            result += "}"
        case .namespace, .macro, .function, .method, .loop:
            throw ChatTemplateRefusal(.operation("\(value.kind) where a text is written", expected: "a value"))
        }
        if value.depth == 0 { try count(textOf: result.utf8.count - before) }
        guard result.utf8.count <= Self.mostText else {
            throw ChatTemplateRefusal(.tooMuch(.text, most: Self.mostText))
        }
    }

    private mutating func write(
        _ row: ValueRow, between open: String, _ close: String, to result: inout String
    ) throws(ChatTemplateRefusal) {
        result += open
        for (index, item) in row.items.enumerated() {
            if index > 0 { result += ", " }
            try write(item, to: &result)
        }
        result += close
    }
}
