import Aggregation
import Core

/// Turns the recorded answers to one question into numbers: equal numbers are equal answers.
///
/// Where a question offers options, the number is the option's place. Elsewhere it is the order in which an answer was
/// first seen: numbers are equal however they are written, formulas without their dressing, other texts by their letters
/// and digits. Only the form of the right answer is looked at (a number, or not), never its value, and never the score.
package struct AnswerKey {
    private let optionCount: Int
    private let isNumber: Bool
    private var seen: [String: Int32] = [:]

    package init(choices: [String], gold: String?) {
        optionCount = choices.count
        isNumber = gold.map { NumberReading.whole($0) != nil } ?? false
    }

    /// The number of an answer; −1 for none.
    package mutating func number(of answer: String?) -> Int32 {
        guard let answer, !answer.isEmpty else { return -1 }
        if optionCount > 1 { return option(answer) }
        guard let form = form(of: answer) else { return -1 }
        if let known = seen[form] { return known }
        let next = Int32(seen.count)
        seen[form] = next
        return next
    }

    private func option(_ answer: String) -> Int32 {
        let shape = AnswerShape.choice(options: optionCount)
        guard let letter = AnswerExtraction(shape: shape).extract(from: answer)?.utf8.first else { return -1 }
        let place = Int32(letter) - Int32(UInt8(ascii: "A"))
        return (0..<Int32(optionCount)).contains(place) ? place : -1
    }

    private func form(of answer: String) -> String? {
        let bare = Self.undressed(answer)
        if let number = NumberReading.whole(bare) { return "=" + number.text }
        if isNumber, let number = AnswerExtraction(shape: .number).extract(from: answer) { return "=" + number }
        return bare.isEmpty ? nil : bare
    }

    /// A formula without spaces, dollar signs, sizes of brackets and fractions, and units in `\text{}`.
    private static func undressed(_ answer: String) -> String {
        var text = answer
        for (dressing, bare) in [
            ("\\left", ""), ("\\right", ""), ("\\dfrac", "\\frac"), ("\\tfrac", "\\frac"), ("\\!", ""), ("\\,", ""),
            ("\\;", ""), ("^\\circ", ""), ("^{\\circ}", ""), ("\\%", ""), ("\\$", ""), ("$", ""), ("\\(", ""),
            ("\\)", ""),
        ] { text = text.replacing(dressing, with: bare) }
        text.replace(/\\(?:text|mathrm|mbox)\{([^{}]*)\}/) { $0.1 }
        text.replace(/\\frac\{([^{}]*)\}\{([^{}]*)\}/) { "\($0.1)/\($0.2)" }
        return String(text.lowercased().filter { !$0.isWhitespace }.trimmingSuffix { $0 == "." || $0 == "," })
    }
}

extension String {
    fileprivate func trimmingSuffix(while isCut: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, isCut(last) { rest.removeLast() }
        return rest
    }
}
