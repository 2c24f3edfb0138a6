/// Counts of what stands in a text, in one pass over its bytes.
struct TextMarks {
    private(set) var bytes = 0
    private(set) var words = 0
    private(set) var numbers = 0
    /// Full stops, question and exclamation marks before a blank or the end.
    private(set) var sentences = 0
    private(set) var digits = 0
    /// `\ $ ^ _ { } =`
    private(set) var formulaMarks = 0
    private(set) var commas = 0
    private(set) var capitals = 0
    private(set) var lineBreaks = 0
    private(set) var hasPercent = false
    private(set) var hasDollar = false
    /// A line to write on: `____`.
    private(set) var hasGap = false
    /// The word "not".
    private(set) var hasNot = false
    private(set) var endsInQuestion = false

    init(_ text: String) {
        var before: UInt8 = 0x20
        var lines = 0
        var word: [UInt8] = []
        for byte in text.utf8 {
            bytes += 1
            if Self.isBlank(byte) {
                if Self.endsSentence(before) { sentences += 1 }
                note(&word)
            } else {
                if Self.isBlank(before) { words += 1 }
                if word.count < 4 { word.append(byte | 0x20) }
                endsInQuestion = byte == UInt8(ascii: "?")
            }
            if Self.isDigit(byte) {
                digits += 1
                if !Self.isDigit(before) { numbers += 1 }
            }
            lines = byte == UInt8(ascii: "_") ? lines + 1 : 0
            if lines == 4 { hasGap = true }
            count(byte)
            before = byte
        }
        if Self.endsSentence(before) { sentences += 1 }
        note(&word)
    }

    private mutating func count(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "{"), UInt8(ascii: "}"),
            UInt8(ascii: "="):
            formulaMarks += 1
        case UInt8(ascii: "$"):
            formulaMarks += 1
            hasDollar = true
        case UInt8(ascii: "%"): hasPercent = true
        case UInt8(ascii: ","): commas += 1
        case 0x0A: lineBreaks += 1
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): capitals += 1
        default: break
        }
    }

    private mutating func note(_ word: inout [UInt8]) {
        if word == Array("not".utf8) { hasNot = true }
        word = []
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }
    private static func endsSentence(_ byte: UInt8) -> Bool { byte == 0x2E || byte == 0x3F || byte == 0x21 }
}
