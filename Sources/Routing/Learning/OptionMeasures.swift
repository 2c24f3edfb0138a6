import Gating

/// What can be counted in the options that a question offers.
enum OptionMeasures {
    static let count = 9

    /// How many there are (by ten, and whether it is ten), how long and how different in length, how many hold or begin
    /// with a number, how much of them is formula, whether one refers to the others, how many are lists; `[count]`.
    static func of(_ choices: [String]) -> [Float] {
        guard !choices.isEmpty else { return [Float](repeating: 0, count: count) }
        let marks = choices.map { TextMarks($0) }
        let number = Float(choices.count)
        let lengths = marks.map { Float($0.bytes) }
        let mean = lengths.reduce(0, +) / number
        let spread = (lengths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / number).squareRoot()
        let share = { (isTrue: (Int) -> Bool) in Float(choices.indices.count(where: isTrue)) / number }
        return [
            number / 10, choices.count == 10 ? 1 : 0, logarithm(mean), logarithm(spread),
            share { marks[$0].digits > 0 }, share { beginsWithNumber(choices[$0]) },
            Float(marks.reduce(0) { $0 + $1.formulaMarks }) / (lengths.reduce(0, +) + 1),
            choices.contains(where: refersToOthers) ? 1 : 0,
            share { choices[$0].hasPrefix("(") || choices[$0].utf8.contains(UInt8(ascii: ",")) },
        ]
    }

    private static func beginsWithNumber(_ text: String) -> Bool {
        let dressing: Set<UInt8> = [0x20, 0x24, 0x28, 0x2B, 0x2D, 0x2E, 0x5C]  // blank $ ( + - . \
        return text.utf8.first { !dressing.contains($0) }.map(TextMarks.isDigit) ?? false
    }

    /// "None of these", "all of the above", "both", "neither".
    private static func refersToOthers(_ text: String) -> Bool {
        text.lowercased().split { !$0.isLetter }.contains { ["none", "all", "both", "neither"].contains($0) }
    }

    private static func logarithm(_ value: Float) -> Float { Float(naturalLogarithm(Double(1 + value))) }
}
