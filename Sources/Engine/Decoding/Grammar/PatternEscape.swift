/// The sets of characters that a letter behind a backslash stands for in a pattern (ECMA-262, without the flag u).
enum PatternEscape {
    /// What `.` does not match.
    static let lineEnds = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])

    private static let digits = ScalarSet([0x30...0x39])
    private static let words = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    private static let spaces = ScalarSet([
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])

    /// The set of a letter, or nil if it stands for none of them.
    static func set(of letter: Unicode.Scalar) -> ScalarSet? {
        switch letter {
        case "d": digits
        case "D": digits.inverted
        case "w": words
        case "W": words.inverted
        case "s": spaces
        case "S": spaces.inverted
        case "n": ScalarSet("\n")
        case "r": ScalarSet("\r")
        case "t": ScalarSet("\t")
        case "f": ScalarSet("\u{C}")
        case "v": ScalarSet("\u{B}")
        default: nil
        }
    }
}
