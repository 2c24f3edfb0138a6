import Foundation

/// A number with nothing but a unit around it: `1,250 km`, `2 1/2`, `1.2e-3`, `3.1 * 10^{5}`, `-7 %`, `12 euros`.
struct NumberPhrase: Sendable, Hashable {
    let value: Double
    let isPercent: Bool

    init?(_ text: String) {
        var rest = text.trimmingCharacters(in: .whitespaces)[...]
        var sign = 1.0
        if let first = rest.first, "+-".contains(first) {
            sign = first == "-" ? -1 : 1
            rest = rest.dropFirst()
        }
        guard let whole = Self.decimal(&rest) else { return nil }
        var value = whole
        if let power = Self.power(&rest) {
            value *= pow(10, power)
        } else if rest.first == "/" || rest.first == " " {
            var ahead = rest
            if ahead.first == "/" {
                ahead = ahead.dropFirst()
                guard let below = Self.decimal(&ahead), below != 0 else { return nil }
                (value, rest) = (whole / below, ahead)
            } else {
                ahead = ahead.drop { $0 == " " }
                if let above = Self.decimal(&ahead), ahead.first == "/" {
                    ahead = ahead.dropFirst()
                    guard let below = Self.decimal(&ahead), below != 0 else { return nil }
                    (value, rest) = (whole + above / below, ahead)
                }
            }
        }
        rest = rest.drop { $0 == " " }
        isPercent = rest.first == "%" || rest.lowercased().hasPrefix("percent")
        // What is left is a unit: a few short words without digits, and no name of a variable.
        let unit = rest.drop { $0 == "%" }
        let words = unit.split { $0 == " " }
        guard words.count <= 3, unit.allSatisfy({ $0.isLetter || " ./²³-".contains($0) }) else { return nil }
        if words.count == 1, words[0].count == 1, !"gmslhkCFKNJWVA".contains(words[0]) { return nil }
        guard value.isFinite else { return nil }
        self.value = sign * value
    }

    private static func decimal(_ text: inout Substring) -> Double? {
        var digits = ""
        var at = text.startIndex
        var hasPoint = false
        while at < text.endIndex {
            let character = text[at]
            let next = text.index(after: at)
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else if character == ",", !hasPoint, !digits.isEmpty,
                text[next...].prefix(while: { $0.isASCII && $0.isNumber }).count == 3
            {
                // a thousands separator
            } else if character == ".", !hasPoint, next < text.endIndex, text[next].isNumber {
                digits.append(".")
                hasPoint = true
            } else {
                break
            }
            at = next
        }
        guard !digits.isEmpty, digits.count <= 40, let value = Double(digits) else { return nil }
        text = text[at...]
        return value
    }

    /// `e-3`, `* 10^5`, `\times 10^{5}`
    private static func power(_ text: inout Substring) -> Double? {
        var rest = text
        if let first = rest.first, "eE".contains(first) {
            rest = rest.dropFirst()
        } else {
            rest = rest.drop { $0 == " " }
            let isProduct =
                rest.first == "*" || rest.hasPrefix("\\times") || rest.hasPrefix("\\cdot") || rest.hasPrefix("x ")
            guard isProduct else { return nil }
            rest = rest.drop { !$0.isNumber }
            guard rest.hasPrefix("10^") else { return nil }
            rest = rest.dropFirst(3).drop { $0 == "{" }
        }
        var sign = 1.0
        if let first = rest.first, "+-".contains(first) {
            sign = first == "-" ? -1 : 1
            rest = rest.dropFirst()
        }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.count <= 3, let value = Double(digits) else { return nil }
        text = rest.dropFirst(digits.count).drop { $0 == "}" }
        return sign * value
    }
}
