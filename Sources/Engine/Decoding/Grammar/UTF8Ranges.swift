/// Splits a range of characters into ranges of their UTF-8 bytes, one range for each byte.
///
/// Characters of one length whose first bytes agree differ in the rest as numbers do in their last digits; a range
/// that begins or ends between such numbers is split there (Thompson's construction for UTF-8, as in RE2).
/// Law: each character of the range, and nothing else, is in one of the sequences.
enum UTF8Ranges {
    /// The sequences for `range`, which holds no surrogates.
    static func of(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
        var sequences: [[ClosedRange<UInt8>]] = []
        var waiting = [range]
        while let next = waiting.popLast() {
            if let cut = cut(next) {
                waiting.append(cut + 1...next.upperBound)
                waiting.append(next.lowerBound...cut)
            } else {
                sequences.append(zip(bytes(next.lowerBound), bytes(next.upperBound)).map { $0...$1 })
            }
        }
        return sequences
    }

    /// The last character before a place where the range must be split; nil where it need not be.
    private static func cut(_ range: ClosedRange<UInt32>) -> UInt32? {
        let (low, high) = (range.lowerBound, range.upperBound)
        for longest: UInt32 in [0x7F, 0x7FF, 0xFFFF] where low <= longest && longest < high { return longest }
        guard high > 0x7F else { return nil }
        // The last bytes hold 6 bits each. Where the bits above differ, those below must run from 0 to all ones.
        for bits: UInt32 in [6, 12, 18] {
            let below: UInt32 = (1 << bits) - 1
            guard low & ~below != high & ~below else { return nil }
            if low & below != 0 { return low | below }
            if high & below != below { return (high & ~below) - 1 }
        }
        return nil
    }

    private static func bytes(_ value: UInt32) -> [UInt8] {
        switch value {
        case 0...0x7F: [UInt8(value)]
        case 0x80...0x7FF: [0xC0 | UInt8(value >> 6), continuation(value)]
        case 0x800...0xFFFF: [0xE0 | UInt8(value >> 12), continuation(value >> 6), continuation(value)]
        default:
            [0xF0 | UInt8(value >> 18), continuation(value >> 12), continuation(value >> 6), continuation(value)]
        }
    }

    private static func continuation(_ value: UInt32) -> UInt8 { 0x80 | UInt8(value & 0x3F) }
}
