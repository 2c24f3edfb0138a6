/// Writes JSON: quoted strings quickly, for every piece of a stream, and whole values as the same text everywhere.
public enum JSONText {
    /// A string with its quotes, safe in JSON and on one line.
    public static func quoted(_ text: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + 16)
        append(quoted: text, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Appends a string with its quotes.
    public static func append(quoted text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            while true {
                let mark = PlainBytes.end(in: bytes, from: start)
                out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<mark]))
                guard mark < bytes.count else { break }
                escape(bytes[mark], into: &out)
                start = mark + 1
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func escape(_ byte: UInt8, into out: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): out += "\\\"".utf8
        case UInt8(ascii: "\\"): out += "\\\\".utf8
        case 0x0A: out += "\\n".utf8
        case 0x0D: out += "\\r".utf8
        case 0x09: out += "\\t".utf8
        default:
            let digits = String(byte, radix: 16)
            out += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
        }
    }

    /// A value as compact JSON, members in name order.
    public static func of(_ value: JSONValue) -> String { String(decoding: bytes(of: value), as: UTF8.self) }

    /// A value as compact JSON, members in name order.
    public static func bytes(of value: JSONValue) -> [UInt8] {
        var out: [UInt8] = []
        append(value, to: &out)
        return out
    }

    /// A whole number without a point, as some servers want it; JSON has no infinities and no "not a number".
    static func text(of number: Double) -> String {
        guard number.isFinite else { return "null" }
        return abs(number) < 0x1p53 && number == number.rounded() ? String(Int(number)) : String(number)
    }

    private static func append(_ value: JSONValue, to out: inout [UInt8]) {
        switch value {
        case .null: out += "null".utf8
        case .bool(let flag): out += (flag ? "true" : "false").utf8
        case .integer(let number): out += String(number).utf8
        case .number(let number): out += text(of: number).utf8
        case .string(let text): append(quoted: text, to: &out)
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                append(element, to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            for (index, name) in members.keys.sorted().enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                append(quoted: name, to: &out)
                out.append(UInt8(ascii: ":"))
                append(members[name] ?? .null, to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }
}
