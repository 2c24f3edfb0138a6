/// Writes values of a schema as the bytes a document must hold.
enum JSONLiteral {
    /// A text in quotes, characters as themselves but for those JSON escapes.
    static func quoted(_ text: String) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        return [quote] + text.unicodeScalars.flatMap(escaped) + [quote]
    }

    /// One character inside a string.
    static func escaped(_ scalar: Unicode.Scalar) -> [UInt8] {
        switch scalar {
        case "\"": return Array("\\\"".utf8)
        case "\\": return Array("\\\\".utf8)
        case "\u{8}": return Array("\\b".utf8)
        case "\u{C}": return Array("\\f".utf8)
        case "\n": return Array("\\n".utf8)
        case "\r": return Array("\\r".utf8)
        case "\t": return Array("\\t".utf8)
        case "\0"..<" ":
            let digits = String(scalar.value, radix: 16)
            return Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
        default: return Array(String(Character(scalar)).utf8)
        }
    }
}
