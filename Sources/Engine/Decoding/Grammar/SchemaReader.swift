/// Reads the JSON of a schema (RFC 8259), strictly and with bounds, keeping the order of members.
struct SchemaReader {
    private let bytes: [UInt8]
    private var at = 0

    /// The one value of a text; a refusal names line and column.
    static func read(_ text: [UInt8]) throws(GrammarRefusal) -> SchemaValue {
        guard text.count <= GrammarLimits.schemaBytes else {
            throw GrammarRefusal("#", .tooLong(found: text.count, most: GrammarLimits.schemaBytes))
        }
        var reader = SchemaReader(bytes: text)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.at == text.count else { throw reader.slip("there is something behind the end") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func value(depth: Int) throws(GrammarRefusal) -> SchemaValue {
        skipSpace()
        guard let next = peek else { throw slip("it ends where a value is expected") }
        switch next {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth < GrammarLimits.schemaNesting else {
                throw slip("it is nested more than \(GrammarLimits.schemaNesting) deep")
            }
            at += 1
            return next == UInt8(ascii: "{")
                ? .object(try members(depth: depth + 1)) : .array(try elements(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw slip("a value is expected")
        }
    }

    private mutating func members(depth: Int) throws(GrammarRefusal) -> [SchemaValue.Member] {
        var members: [SchemaValue.Member] = []
        var names: Set<String> = []
        if take("}") { return members }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw slip("a name in double quotes is expected") }
            let name = try string()
            guard names.insert(name).inserted else {
                throw slip("the name \(GrammarRefusal.shown(name)) is given twice in one object")
            }
            guard take(":") else { throw slip("a colon is expected behind \(GrammarRefusal.shown(name))") }
            members.append(SchemaValue.Member(name: name, value: try value(depth: depth)))
        } while take(",")
        guard take("}") else { throw slip("a comma or } is expected") }
        return members
    }

    private mutating func elements(depth: Int) throws(GrammarRefusal) -> [SchemaValue] {
        var elements: [SchemaValue] = []
        if take("]") { return elements }
        repeat { elements.append(try value(depth: depth)) } while take(",")
        guard take("]") else { throw slip("a comma or ] is expected") }
        return elements
    }

    private mutating func word(_ word: String, _ value: SchemaValue) throws(GrammarRefusal) -> SchemaValue {
        guard bytes[at...].starts(with: word.utf8) else { throw slip("a value is expected") }
        at += word.utf8.count
        return value
    }

    private mutating func number() throws(GrammarRefusal) -> String {
        let start = at
        if peek == UInt8(ascii: "-") { at += 1 }
        let first = at
        skipDigits()
        guard at > first, at == first + 1 || bytes[first] != UInt8(ascii: "0") else { throw slip("this is no number") }
        if peek == UInt8(ascii: ".") {
            at += 1
            let fraction = at
            skipDigits()
            guard at > fraction else { throw slip("a digit is expected behind the point") }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            at += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
            let exponent = at
            skipDigits()
            guard at > exponent else { throw slip("a digit is expected in the exponent") }
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let number = Double(text), number.isFinite, text.utf8.count <= 400 else {
            throw slip("the number is too large")
        }
        return text
    }

    // MARK: Strings

    private mutating func string() throws(GrammarRefusal) -> String {
        at += 1
        var text = ""
        var start = at
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                text += try piece(start)
                at += 1
                return text
            case UInt8(ascii: "\\"):
                text += try piece(start)
                at += 1
                text.unicodeScalars.append(try escaped())
                start = at
            case 0..<0x20: throw slip("a control character in a string must be escaped")
            default: at += 1
            }
        }
        throw slip("a string does not end")
    }

    private func piece(_ start: Int) throws(GrammarRefusal) -> String {
        guard let text = String(validating: bytes[start..<at], as: UTF8.self) else {
            throw slip("a string is not valid UTF-8")
        }
        return text
    }

    private mutating func escaped() throws(GrammarRefusal) -> Unicode.Scalar {
        guard let byte = peek else { throw slip("a string does not end") }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try fourDigits()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            // Half of a pair: the other half must follow.
            if unit < 0xDC00, bytes[at...].starts(with: "\\u".utf8) {
                at += 2
                let low = try fourDigits()
                if (0xDC00...0xDFFF).contains(low),
                    let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
                {
                    return scalar
                }
            }
            throw slip("half of a surrogate pair stands for no character")
        default: throw slip("there is no such escape in JSON")
        }
    }

    private mutating func fourDigits() throws(GrammarRefusal) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw slip("four hexadecimal digits are expected behind \\u")
            }
            unit = unit << 4 + UInt32(digit)
            at += 1
        }
        return unit
    }

    // MARK: Steps

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek == UInt8(ascii: mark) else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private mutating func skipDigits() {
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
    }

    private func slip(_ what: String) -> GrammarRefusal {
        let before = bytes[..<min(at, bytes.count)]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return GrammarRefusal(
            "#",
            .notJSON(what, line: 1 + before.count(where: { $0 == 0x0A }), column: min(at, bytes.count) - lineStart + 1))
    }
}
