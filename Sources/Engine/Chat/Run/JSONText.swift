/// Writes a value as JSON in the form of Python's `json.dumps`, which is what the filter `tojson` gives.
struct JSONText {
    /// What stands before each level, or nil for one line.
    var indent: String?
    var betweenItems = ", "
    var behindKeys = ": "
    var sortsKeys = false
    var escapesNonASCII = false

    func text(of value: RunValue, counting meter: inout WorkMeter) throws(ChatTemplateRefusal) -> String {
        var result = ""
        try write(value, level: 0, to: &result, &meter)
        return result
    }

    private func write(
        _ value: RunValue, level: Int, to result: inout String, _ meter: inout WorkMeter
    ) throws(ChatTemplateRefusal) {
        try meter.step()
        switch value {
        case .none: result += "null"
        case .boolean(let flag): result += flag ? "true" : "false"
        case .integer(let number): result += String(number)
        case .number(let number):
            result +=
                number.isNaN
                ? "NaN"
                : number.isInfinite
                    ? (number < 0 ? "-Infinity" : "Infinity")
                    : NumberText.text(of: number)
        case .text(let text):
            try meter.count(textOf: text.utf8.count)
            result += quoted(text)
        case .list(let row), .tuple(let row):
            try write(row.items.count, "[", "]", level, &result, &meter) {
                (index, result, meter) throws(ChatTemplateRefusal) in
                try write(row.items[index], level: level + 1, to: &result, &meter)
            }
        case .mapping(let mapping):
            let names = try mapping.keys.map { (key) throws(ChatTemplateRefusal) in try name(key) }
            let order = sortsKeys ? names.indices.sorted { Self.isBefore(names[$0], names[$1]) } : Array(names.indices)
            try write(order.count, "{", "}", level, &result, &meter) {
                (index, result, meter) throws(ChatTemplateRefusal) in
                try meter.count(textOf: names[order[index]].utf8.count)
                result += quoted(names[order[index]]) + behindKeys
                try write(mapping.values[order[index]], level: level + 1, to: &result, &meter)
            }
        default:
            throw ChatTemplateRefusal(
                .operation("\(value.kind) for tojson", expected: "texts, numbers, lists and mappings"))
        }
        guard result.utf8.count <= WorkMeter.mostText else {
            throw ChatTemplateRefusal(.tooMuch(.text, most: WorkMeter.mostText))
        }
    }

    private func write(
        _ count: Int, _ open: String, _ close: String, _ level: Int, _ result: inout String, _ meter: inout WorkMeter,
        item: (Int, inout String, inout WorkMeter) throws(ChatTemplateRefusal) -> Void
    ) throws(ChatTemplateRefusal) {
        result += open
        for index in 0..<count {
            if index > 0 { result += betweenItems }
            try breakLine(level + 1, &result, &meter)
            try item(index, &result, &meter)
        }
        if count > 0 { try breakLine(level, &result, &meter) }
        result += close
    }

    private func breakLine(
        _ level: Int, _ result: inout String, _ meter: inout WorkMeter
    ) throws(ChatTemplateRefusal) {
        guard let indent else { return }
        try meter.count(textOf: indent.utf8.count * level)
        result += "\n" + String(repeating: indent, count: level)
    }

    private func name(_ key: RunValue) throws(ChatTemplateRefusal) -> String {
        switch key {
        case .text(let text): text
        case .none: "null"
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .number(let number): NumberText.text(of: number)
        default: throw ChatTemplateRefusal(.operation("\(key.kind) as a key for tojson", expected: "a text"))
        }
    }

    private static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    private func quoted(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        result.append("\"")
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                result.append("\\")
                result.append(scalar)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            case "\u{8}": result.append(contentsOf: "\\b".unicodeScalars)
            case "\u{C}": result.append(contentsOf: "\\f".unicodeScalars)
            default:
                if scalar.value < 0x20 || (escapesNonASCII && !(0x20...0x7E ~= scalar.value)) {
                    for unit in UTF16.encode(scalar) ?? .init() {
                        let digits = String(unit, radix: 16)
                        let zeros = String(repeating: "0", count: 4 - digits.count)
                        result.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
                    }
                } else {
                    result.append(scalar)
                }
            }
        }
        result.append("\"")
        return String(result)
    }
}
