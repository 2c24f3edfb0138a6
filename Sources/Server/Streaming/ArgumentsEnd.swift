/// Follows a call's arguments as they come, and sees where their JSON ends.
struct ArgumentsEnd: Sendable, Hashable {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// True once every bracket that was opened is closed again.
    private(set) var isReached = false

    mutating func read(_ more: String) {
        for byte in more.utf8 where !isReached {
            if isInString { readString(byte) } else { readBracket(byte) }
        }
    }

    private mutating func readString(_ byte: UInt8) {
        switch byte {
        case _ where isEscaped: isEscaped = false
        case UInt8(ascii: "\\"): isEscaped = true
        case UInt8(ascii: "\""): isInString = false
        default: break
        }
    }

    private mutating func readBracket(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            isReached = depth <= 0
        default: break
        }
    }
}
