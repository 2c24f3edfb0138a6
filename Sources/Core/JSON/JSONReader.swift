/// Reads JSON (RFC 8259) that came from outside, strictly and with bounds: a hostile text costs no more than its length,
/// and a slip is reported with its line and column.
public struct JSONReader {
    /// How deep arrays and objects may nest.
    public static let deepest = 64
    /// How many values a text may hold.
    public static let mostValues = 1_000_000

    /// Where and why reading stopped.
    public struct Slip: Error, Hashable {
        public var what: String
        /// Both count from 1; columns are bytes.
        public var line: Int
        public var column: Int
    }

    /// A member of an object, and where it stands in the text.
    public struct Member: Sendable, Hashable {
        public var name: String
        /// From the quote of the name to the end of the value.
        public var whole: Range<Int>
        /// The value alone.
        public var value: Range<Int>
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    private var values = 0
    /// The members of the outermost object.
    private var outermost: [Member] = []

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The one value of a text.
    public static func read(_ text: [UInt8]) throws(Slip) -> JSONValue { try readPlaces(text).value }

    /// The one value of a text, and where each member stands if it is an object; a name that stands twice is there
    /// twice.
    public static func readPlaces(_ text: [UInt8]) throws(Slip) -> (value: JSONValue, members: [Member]) {
        let result = text.withUnsafeBufferPointer { bytes -> Result<(JSONValue, [Member]), Slip> in
            var reader = JSONReader(bytes)
            do throws(Slip) {
                let value = try reader.value(depth: 0)
                reader.skipSpace()
                guard reader.at == bytes.count else { throw reader.slip("there is something after the end") }
                return .success((value, reader.outermost))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(Slip) -> JSONValue {
        skipSpace()
        values += 1
        guard values <= Self.mostValues else { throw slip("there are more than \(Self.mostValues) values") }
        guard let next = peek else { throw slip("it ends where a value is expected") }
        switch next {
        case UInt8(ascii: "{") where depth == Self.deepest, UInt8(ascii: "[") where depth == Self.deepest:
            throw slip("it is nested more than \(Self.deepest) deep")
        case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw slip("a value is expected")
        }
    }

    private mutating func members(depth: Int) throws(Slip) -> [String: JSONValue] {
        at += 1
        var members: [String: JSONValue] = [:]
        if take("}") { return members }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw slip("a name in double quotes is expected") }
            let start = at
            let name = try string()
            guard take(":") else { throw slip("a colon is expected after \"\(name.prefix(40))\"") }
            skipSpace()
            let valueStart = at
            members[name] = try value(depth: depth)
            if depth == 1 { outermost.append(Member(name: name, whole: start..<at, value: valueStart..<at)) }
        } while take(",")
        guard take("}") else { throw slip("a comma or } is expected") }
        return members
    }

    private mutating func elements(depth: Int) throws(Slip) -> [JSONValue] {
        at += 1
        var elements: [JSONValue] = []
        if take("]") { return elements }
        repeat { elements.append(try value(depth: depth)) } while take(",")
        guard take("]") else { throw slip("a comma or ] is expected") }
        return elements
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Slip) -> JSONValue {
        let length = word.utf8CodeUnitCount
        guard at + length <= bytes.count,
            (0..<length).allSatisfy({ bytes[at + $0] == word.utf8Start[$0] })
        else { throw slip("a value is expected") }
        at += length
        return value
    }

    private mutating func number() throws(Slip) -> JSONValue {
        let start = at
        var isWhole = true
        if peek == UInt8(ascii: "-") { at += 1 }
        let first = at
        skipDigits()
        guard at > first, at == first + 1 || bytes[first] != UInt8(ascii: "0") else { throw slip("this is no number") }
        if peek == UInt8(ascii: ".") {
            isWhole = false
            at += 1
            let fraction = at
            skipDigits()
            guard at > fraction else { throw slip("a digit is expected after the point") }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            isWhole = false
            at += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
            let exponent = at
            skipDigits()
            guard at > exponent else { throw slip("a digit is expected in the exponent") }
        }
        guard at - start <= 400 else { throw slip("a number has more than 400 digits") }
        if isWhole, at - start <= 18 { return .integer(whole(start)) }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isWhole, let whole = Int(text) { return .integer(whole) }
        guard let number = Double(text), number.isFinite else { throw slip("the number is too large") }
        return .number(number)
    }

    /// A sign and so few digits that they fit.
    private func whole(_ start: Int) -> Int {
        let isNegative = bytes[start] == UInt8(ascii: "-")
        let size = bytes[(isNegative ? start + 1 : start)..<at].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return isNegative ? -size : size
    }

    // MARK: Strings

    private mutating func string() throws(Slip) -> String {
        at += 1
        var text = ""
        var start = at
        while true {
            skipPlain()
            guard let byte = peek else { break }
            switch byte {
            case UInt8(ascii: "\""):
                // Most strings hold no escape: one piece, made once.
                if text.isEmpty {
                    text = try piece(start)
                } else {
                    text += try piece(start)
                }
                at += 1
                return text
            case UInt8(ascii: "\\"):
                text += try piece(start)
                at += 1
                text.unicodeScalars.append(try escaped())
                start = at
            default: throw slip("a control character in a string must be escaped")
            }
        }
        throw slip("a string does not end")
    }

    /// Goes on to the next quote, backslash or control character.
    private mutating func skipPlain() { at = PlainBytes.end(in: bytes, from: at) }

    private func piece(_ start: Int) throws(Slip) -> String {
        guard start < at else { return "" }
        let piece = UnsafeBufferPointer(rebasing: bytes[start..<at])
        var text = String(decoding: piece, as: UTF8.self)
        // Decoding mends what is broken, which shows: the bytes are no longer the same. (`String(validating:)` reads
        // one character at a time.)
        let isWhole = text.withUTF8 { Self.areSame($0, piece) }
        guard isWhole else { throw slip("a string is not valid UTF-8") }
        return text
    }

    /// Word by word.
    private static func areSame(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard left.count == right.count, let one = left.baseAddress, let other = right.baseAddress else {
            return left.count == right.count
        }
        var place = 0
        while place + 8 <= left.count {
            let (a, b) = (UnsafeRawPointer(one + place), UnsafeRawPointer(other + place))
            if a.loadUnaligned(as: UInt64.self) != b.loadUnaligned(as: UInt64.self) { return false }
            place += 8
        }
        while place < left.count {
            if one[place] != other[place] { return false }
            place += 1
        }
        return true
    }

    private mutating func escaped() throws(Slip) -> Unicode.Scalar {
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
            // Half of a pair: the other half must follow. Alone it stands for nothing.
            let rest = at
            guard (0xD800...0xDBFF).contains(unit), peek == UInt8(ascii: "\\") else { return "\u{FFFD}" }
            at += 1
            guard peek == UInt8(ascii: "u") else {
                at = rest
                return "\u{FFFD}"
            }
            at += 1
            let low = try fourDigits()
            guard (0xDC00...0xDFFF).contains(low) else {
                at = rest
                return "\u{FFFD}"
            }
            return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
        default: throw slip("there is no such escape in JSON")
        }
    }

    private mutating func fourDigits() throws(Slip) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw slip("four hexadecimal digits are expected after \\u")
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
        guard let byte = peek, UInt32(byte) == mark.value else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private mutating func skipDigits() {
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
    }

    private func slip(_ what: String) -> Slip {
        let before = bytes[..<min(at, bytes.count)]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return Slip(
            what: what, line: 1 + before.count(where: { $0 == 0x0A }), column: at - lineStart + 1)
    }
}
