/// Reads JSON (RFC 8259) strictly: one value, names given once, and no more depth or values than a file of weights or a
/// vocabulary needs, so that a hostile text costs neither stack nor memory.
package struct OrderedJSONReader {
    /// Arrays and objects inside one another.
    static let mostDepth = 32
    /// Values of one text; a vocabulary has some hundred thousand.
    static let mostValues = 4_000_000

    private let bytes: [UInt8]
    private var position = 0
    private var valueCount = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The value that `bytes` are the text of.
    package static func read(_ bytes: [UInt8]) throws(OrderedJSON.Refusal) -> OrderedJSON {
        var reader = OrderedJSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.position == bytes.count else { throw reader.refusal("found more behind the end of the value") }
        return value
    }

    private mutating func value(depth: Int) throws(OrderedJSON.Refusal) -> OrderedJSON {
        skipBlanks()
        valueCount += 1
        guard valueCount <= Self.mostValues else { throw refusal("found more than \(Self.mostValues) values") }
        guard depth < Self.mostDepth else { throw refusal("found values more than \(Self.mostDepth) deep") }
        guard let next else { throw refusal("found the end, expected a value") }
        switch next {
        case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw refusal("found \(shownNext), expected a value")
        }
    }

    private mutating func members(depth: Int) throws(OrderedJSON.Refusal) -> [OrderedJSON.Member] {
        var members: [OrderedJSON.Member] = []
        // By bytes: texts that Swift holds equal, such as two spellings of é, are different names.
        var names: Set<[UInt8]> = []
        try list(closing: UInt8(ascii: "}")) { (reader) throws(OrderedJSON.Refusal) in
            reader.skipBlanks()
            guard reader.next == UInt8(ascii: "\"") else {
                throw reader.refusal("found \(reader.shownNext), expected a name in quotes")
            }
            let start = reader.position
            let name = try reader.string()
            guard names.insert(Array(name.utf8)).inserted else {
                throw OrderedJSON.Refusal(
                    offset: start, found: "found the name \(String(name.prefix(40)).debugDescription) a second time")
            }
            reader.skipBlanks()
            try reader.expect(UInt8(ascii: ":"))
            members.append(OrderedJSON.Member(name: name, value: try reader.value(depth: depth)))
        }
        return members
    }

    private mutating func elements(depth: Int) throws(OrderedJSON.Refusal) -> [OrderedJSON] {
        var elements: [OrderedJSON] = []
        try list(closing: UInt8(ascii: "]")) { (reader) throws(OrderedJSON.Refusal) in
            elements.append(try reader.value(depth: depth))
        }
        return elements
    }

    /// What stands between brackets, with commas between.
    private mutating func list(
        closing: UInt8, _ readOne: (inout OrderedJSONReader) throws(OrderedJSON.Refusal) -> Void
    ) throws(OrderedJSON.Refusal) {
        position += 1
        skipBlanks()
        if next == closing {
            position += 1
            return
        }
        while true {
            try readOne(&self)
            skipBlanks()
            if next == closing {
                position += 1
                return
            }
            try expect(UInt8(ascii: ","))
        }
    }

    private mutating func word(
        _ word: StaticString, _ value: OrderedJSON
    ) throws(OrderedJSON.Refusal) -> OrderedJSON {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count, word.withUTF8Buffer({ bytes[position..<end].elementsEqual($0) }) else {
            throw refusal("found \(shownNext), expected a value")
        }
        position = end
        return value
    }

    /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
    private mutating func number() throws(OrderedJSON.Refusal) -> String {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        if next == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if next == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(OrderedJSON.Refusal) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw refusal("found \(shownNext), expected a digit") }
    }

    private mutating func string() throws(OrderedJSON.Refusal) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let valid = String(validating: text, as: UTF8.self) else {
                    throw OrderedJSON.Refusal(offset: start, found: "found a text that is not UTF-8")
                }
                return valid
            case UInt8(ascii: "\\"): text.append(contentsOf: Array(String(try escaped()).utf8))
            case 0..<0x20: throw refusal("found the control character \(byte) in a text, expected an escape")
            default: text.append(byte)
            }
        }
        throw OrderedJSON.Refusal(offset: start, found: "found a text without an end")
    }

    /// What follows a backslash.
    private mutating func escaped() throws(OrderedJSON.Refusal) -> Unicode.Scalar {
        let byte = next
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try hexadecimal()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            // The first half of a surrogate pair, D800 to DBFF, and the second, DC00 to DFFF (RFC 8259, section 7).
            if unit < 0xDC00, next == UInt8(ascii: "\\") {
                position += 1
                try expect(UInt8(ascii: "u"))
                let other = try hexadecimal()
                if (0xDC00..<0xE000).contains(other),
                    let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (other - 0xDC00))
                {
                    return scalar
                }
            }
            throw refusal("found half of a surrogate pair")
        default: throw refusal("found an escape that JSON does not have")
        }
    }

    private mutating func hexadecimal() throws(OrderedJSON.Refusal) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw refusal("found \(shownNext), expected four hexadecimal digits")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    private mutating func expect(_ byte: UInt8) throws(OrderedJSON.Refusal) {
        guard next == byte else { throw refusal("found \(shownNext), expected “\(Unicode.Scalar(byte))”") }
        position += 1
    }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private var shownNext: String {
        guard let next else { return "the end" }
        return (0x21..<0x7F).contains(next) ? "“\(Unicode.Scalar(next))”" : "the byte \(next)"
    }

    private func refusal(_ found: String) -> OrderedJSON.Refusal {
        OrderedJSON.Refusal(offset: position, found: found)
    }
}
