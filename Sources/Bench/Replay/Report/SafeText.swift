/// Names from files and of models, made harmless to look at: nothing that moves a cursor, turns the writing round or
/// hides, and no endless lines.
enum SafeText {
    /// `text` with a replacement mark for every control character, at most `most` characters long.
    static func clean(_ text: String, most: Int = 200) -> String {
        var clean = ""
        for (count, character) in text.enumerated() {
            if count == most { return clean + "…" }
            // A letter with a tower of accents is one character: only its first few marks are shown.
            for scalar in character.unicodeScalars.prefix(8) {
                clean.unicodeScalars.append(isHarmless(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return clean
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }
}
