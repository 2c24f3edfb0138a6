/// A piece of HTML or SVG. Whatever text is put into one is escaped; only another piece goes in as it is.
struct Markup: Sendable, ExpressibleByStringInterpolation {
    private(set) var source: String

    init(stringLiteral value: String) { source = value }

    init(stringInterpolation parts: StringInterpolation) { source = parts.source }

    static func + (left: Markup, right: Markup) -> Markup { "\(left)\(right)" }

    /// How texts, numbers and other pieces enter a piece.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(2 * literalCapacity) }

        mutating func appendLiteral(_ literal: String) { source += literal }

        /// Text from anywhere: made harmless, then escaped for contents and attributes alike.
        mutating func appendInterpolation(_ text: String, most: Int = 400) {
            for character in SafeText.clean(text, most: most).unicodeScalars {
                switch character {
                case "&": source += "&amp;"
                case "<": source += "&lt;"
                case ">": source += "&gt;"
                case "\"": source += "&quot;"
                case "'": source += "&#39;"
                default: source.unicodeScalars.append(character)
                }
            }
        }

        mutating func appendInterpolation(_ piece: Markup) { source += piece.source }

        mutating func appendInterpolation(_ pieces: [Markup]) {
            for piece in pieces { source += piece.source }
        }

        mutating func appendInterpolation(_ number: Int) { source += String(number) }

        /// A coordinate or a size: two decimals are a hundredth of a pixel.
        mutating func appendInterpolation(_ number: Double) {
            source += Numerals.decimals(number.isFinite ? number : 0, 2)
        }
    }
}
