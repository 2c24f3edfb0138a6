import Core

extension JSONText {
    /// A value as compact JSON with its names in snake case.
    static func of(_ value: some Encodable) throws -> String { try JSONWriter(.snakeCase).text(of: value) }

    /// The same JSON in ASCII alone, as header values need it.
    static func ascii(_ json: String) -> String {
        guard json.utf8.contains(where: { $0 >= 0x80 }) else { return json }
        var out = ""
        for unit in json.utf16 {
            if unit < 0x80 {
                out.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            } else {
                let digits = String(unit, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return out
    }
}
