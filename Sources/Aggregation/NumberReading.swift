import Core

/// A number as people write it: `1,234.50`, `$5`, `-3`, `.5`, `3/4`, `12%`.
///
/// Two readings are equal if they mean the same number: thousands separators, a leading currency sign, a trailing unit or
/// percent sign and final zeros do not count. A fraction of whole numbers is divided.
public struct NumberReading: Sendable, Hashable {
    /// The value.
    public let value: Double

    /// The number in one form for equal values: `1234.5`, `5`, `-3`.
    public var text: String {
        if let whole = Int(exactly: value) { return String(whole) }
        return String(value)
    }

    /// The first number of a text.
    public static func first(in text: String) -> NumberReading? { all(in: text, limit: 1).first }

    /// The last number of a text.
    public static func last(in text: String) -> NumberReading? { all(in: text).last }

    /// The number, if the text is one and nothing else but currency, percent, units of one word or marks of emphasis.
    public static func whole(_ text: String) -> NumberReading? {
        let numbers = all(in: text, limit: 2)
        guard numbers.count == 1 else { return nil }
        let words = text.split { !$0.isLetter }
        return words.count <= 1 ? numbers[0] : nil
    }

    /// Every number of a text in order, at most `limit`.
    static func all(in text: String, limit: Int = .max) -> [NumberReading] {
        let bytes = Array(text.utf8)
        var found: [NumberReading] = []
        var at = 0
        while at < bytes.count, found.count < limit {
            if let (number, end) = number(in: bytes, at: at) {
                found.append(number)
                at = end
            } else {
                at += 1
            }
        }
        return found
    }

    private static func number(in bytes: [UInt8], at start: Int) -> (NumberReading, Int)? {
        // Digits that end a word (`x2`, `Q4`) are part of the word.
        if start > 0, isWordByte(bytes[start - 1]) { return nil }
        guard let (numerator, end) = decimal(in: bytes, at: start) else { return nil }
        if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "/"),
            let (denominator, last) = decimal(in: bytes, at: end + 1), denominator != 0
        {
            return (NumberReading(value: numerator / denominator), last)
        }
        return (NumberReading(value: numerator), end)
    }

    /// Sign, currency, digits with separators, decimals; the value and the index after it.
    private static func decimal(in bytes: [UInt8], at start: Int) -> (Double, Int)? {
        var at = start
        var digits = ""
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") {
            // After a digit or a closing bracket a dash is a minus between two numbers or a range, not a sign.
            if start > 0, isDigit(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: ")") { return nil }
            digits = "-"
            at += 1
        }
        if at < bytes.count, bytes[at] == UInt8(ascii: "$") { at += 1 }
        var hasDigits = false
        var hasPoint = false
        scan: while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits.unicodeScalars.append(UnicodeScalar(bytes[at]))
                hasDigits = true
            case UInt8(ascii: ",") where hasDigits && !hasPoint && isGroup(bytes, at: at + 1): break
            case UInt8(ascii: ".") where !hasPoint && at + 1 < bytes.count && isDigit(bytes[at + 1]):
                hasPoint = true
                digits += "."
            default: break scan
            }
            at += 1
        }
        guard hasDigits, digits.utf8.count <= 40, let value = Double(digits) else { return nil }
        return (value, at)
    }

    /// Exactly three digits, as after a thousands separator.
    private static func isGroup(_ bytes: [UInt8], at start: Int) -> Bool {
        guard start + 3 <= bytes.count, bytes[start..<start + 3].allSatisfy(isDigit) else { return false }
        return start + 3 == bytes.count || !isDigit(bytes[start + 3])
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isWordByte(_ byte: UInt8) -> Bool { byte.isASCIIWord || byte == UInt8(ascii: "_") }
}
