/// What a pre-tokenizer tells characters apart by: general categories of Unicode, with the spaces taken out.
enum ScalarClass: UInt8, Sendable {
    /// `\p{L}`
    case letter
    /// `\p{N}`
    case number
    /// `\s` but for the two below: the property White_Space.
    case blank
    /// `\r` or `\n`
    case lineBreak
    /// `\p{P}`
    case punctuation
    /// `\p{S}`
    case symbol
    /// `\p{M}`
    case mark
    /// Controls, formats, unassigned.
    case other

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x0A, 0x0D: self = .lineBreak
        case 0x61...0x7A, 0x41...0x5A: self = .letter
        case 0x30...0x39: self = .number
        case 0x20, 0x09, 0x0B, 0x0C: self = .blank
        // $ + < = > ^ ` | ~
        case 0x24, 0x2B, 0x3C...0x3E, 0x5E, 0x60, 0x7C, 0x7E: self = .symbol
        case 0x21...0x7D: self = .punctuation
        case 0x00...0x7F: self = .other
        default: self = Self.outsideASCII(scalar)
        }
    }

    private static func outsideASCII(_ scalar: Unicode.Scalar) -> ScalarClass {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: .letter
        case .decimalNumber, .letterNumber, .otherNumber: .number
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            .punctuation
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: .symbol
        case .nonspacingMark, .spacingMark, .enclosingMark: .mark
        default: scalar.properties.isWhitespace ? .blank : .other
        }
    }

    /// `\s`
    var isSpace: Bool { self == .blank || self == .lineBreak }

    /// `[^\s\p{L}\p{N}]`
    var isSign: Bool {
        switch self {
        case .punctuation, .symbol, .mark, .other: true
        case .letter, .number, .blank, .lineBreak: false
        }
    }
}
