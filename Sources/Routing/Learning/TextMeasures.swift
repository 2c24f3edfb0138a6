import Gating

/// What can be counted in a question's text without understanding it: length, numbers, sentences, formulas, options.
///
/// RouteLLM's data shows why (arXiv:2406.18665): on GSM8K the length of a question alone says nearly as much about which
/// of two models will solve it as its meaning does. Counts enter as ln(1 + count), so that long texts do not drown short
/// ones, and shares as they are.
public enum TextMeasures {
    /// How many numbers `of(_:choices:)` gives: sixteen of the text, then nine of its options.
    public static let count = textCount + OptionMeasures.count
    private static let textCount = 16

    /// The measures of a question, `[count]`; without options the last nine are 0.
    public static func of(_ text: String, choices: [String] = []) -> [Float] {
        let marks = TextMarks(text)
        let length = Float(marks.bytes + 1)
        return [
            logarithm(marks.bytes), logarithm(marks.words), logarithm(marks.numbers), logarithm(marks.sentences),
            Float(marks.digits) / length, Float(marks.formulaMarks) / length, logarithm(marks.formulaMarks),
            logarithm(marks.commas), Float(marks.capitals) / length, length / Float(marks.words + 1),
            marks.hasPercent ? 1 : 0, marks.hasDollar ? 1 : 0, logarithm(marks.lineBreaks), marks.hasGap ? 1 : 0,
            marks.hasNot ? 1 : 0, marks.endsInQuestion ? 1 : 0,
        ] + OptionMeasures.of(choices)
    }

    /// ln(1 + count)
    static func logarithm(_ count: Int) -> Float { Float(naturalLogarithm(Double(1 + count))) }
}
