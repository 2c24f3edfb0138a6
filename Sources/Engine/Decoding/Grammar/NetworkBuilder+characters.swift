/// Characters inside a JSON string, byte by byte: UTF-8 (RFC 3629) and escapes (RFC 8259).
extension NetworkBuilder {
    /// Any character, as itself or in any escape; a character beyond U+FFFF as a pair of `\u`, half a pair never.
    mutating func character(_ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        // Bytes from 0x20 but for the quote and the backslash.
        try scalars(ScalarSet([0x20...0x21, 0x23...0x5B, 0x5D...0x10FFFF]), from, target)
        let escape = try node()
        edge(from, "\\", escape)
        for letter: Unicode.Scalar in ["\"", "\\", "/", "b", "f", "n", "r", "t"] { edge(escape, letter, target) }
        let unit = try node()
        edge(escape, "u", unit)
        let three = try node()
        let two = try node()
        hexadecimal("0", "9", unit, three)
        hexadecimal("a", "c", unit, three)
        hexadecimal("e", "f", unit, three)
        try hexadecimals(1, three, two)
        try hexadecimals(2, two, target)
        let surrogate = try node()
        hexadecimal("d", "d", unit, surrogate)
        hexadecimal("0", "7", surrogate, two)
        // The first half of a pair, which the second must follow.
        let pair = try node()
        let behind = try node()
        let second = try node()
        hexadecimal("8", "9", surrogate, pair)
        hexadecimal("a", "b", surrogate, pair)
        try hexadecimals(2, pair, behind)
        try literal(Array("\\u".utf8), behind, second)
        let low = try node()
        let rest = try node()
        hexadecimal("d", "d", second, low)
        hexadecimal("c", "f", low, rest)
        try hexadecimals(2, rest, target)
    }

    private mutating func hexadecimal(
        _ first: Unicode.Scalar, _ last: Unicode.Scalar, _ from: Int32, _ target: Int32
    ) {
        let digits = UInt8(ascii: first)...UInt8(ascii: last)
        edge(from, digits, target)
        // Letters may be small or capital: those are 32 apart.
        if first >= "a" { edge(from, digits.lowerBound - 32...digits.upperBound - 32, target) }
    }

    private mutating func hexadecimals(_ count: Int, _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        var at = from
        for index in 0..<count {
            let next = index == count - 1 ? target : try node()
            hexadecimal("0", "9", at, next)
            hexadecimal("a", "f", at, next)
            at = next
        }
    }

    /// A character of a set, as itself; what JSON does not let stand for itself, in its shortest escape.
    mutating func scalars(_ set: ScalarSet, _ from: Int32, _ target: Int32) throws(GrammarRefusal) {
        for range in set.ranges {
            var next = range.lowerBound
            while next <= range.upperBound {
                if next < 0x20 || next == 0x22 || next == 0x5C {
                    let scalar = Unicode.Scalar(UInt8(next))
                    try literal(JSONLiteral.escaped(scalar), from, target)
                    next += 1
                } else {
                    let last = min(range.upperBound, next < 0x22 ? 0x21 : next < 0x5C ? 0x5B : .max)
                    for bytes in UTF8Ranges.of(next...last) { try sequence(bytes, from, target) }
                    next = last + 1
                }
            }
        }
    }

    private mutating func sequence(
        _ ranges: [ClosedRange<UInt8>], _ from: Int32, _ target: Int32
    ) throws(GrammarRefusal) {
        var at = from
        for (index, bytes) in ranges.enumerated() {
            let next = index == ranges.count - 1 ? target : try node()
            edge(at, bytes, next)
            at = next
        }
    }
}
