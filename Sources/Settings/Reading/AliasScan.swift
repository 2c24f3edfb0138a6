/// Looks for files that would grow without bound when read ("billion laughs"), before a parser sees them.
///
/// The parser compares the keys of a group, so an alias as a key is walked through in full. With `a` anchors and `n`
/// aliases that is at most about (n/a)^a steps: four and 32 keep it under 10,000. The scan may see an anchor where a
/// text has an ampersand; that harms nobody unless there are dozens.
struct AliasScan {
    static let mostAnchors = 4
    static let mostAliases = 32

    private(set) var anchors = 0
    private(set) var aliases = 0

    /// True if whatever the text holds can be read in a bounded time.
    var isHarmless: Bool {
        anchors == 0 || aliases == 0 || (anchors <= Self.mostAnchors && aliases <= Self.mostAliases)
    }

    init(_ text: String) {
        var before = UInt8(ascii: "\n")
        var mark: UInt8?
        for byte in text.utf8 {
            if let sign = mark, Self.isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") {
                if sign == UInt8(ascii: "&") { anchors += 1 } else { aliases += 1 }
            }
            let isSign = byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*")
            mark = isSign && !Self.isLetterOrDigit(before) ? byte : nil
            before = byte
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
