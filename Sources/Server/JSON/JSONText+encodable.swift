import Core

extension JSONText {
    /// A value as compact JSON with its names in snake case.
    static func of(_ value: some Encodable) throws -> String { try JSONWriter(.snakeCase).text(of: value) }

    /// The same JSON in ASCII alone, as header values need it.
    static func ascii(_ json: String) -> String {
        guard json.utf8.contains(where: { $0 >= 0x80 }) else { return json }
        var out: [UInt8] = []
        out.reserveCapacity(json.utf8.count + 64)
        for scalar in json.unicodeScalars {
            if scalar.isASCII {
                out.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                for unit in UTF16.encode(scalar) ?? .init() {
                    out += "\\u".utf8
                    out += UInt8(unit >> 8).paddedHex.utf8
                    out += UInt8(truncatingIfNeeded: unit).paddedHex.utf8
                }
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
