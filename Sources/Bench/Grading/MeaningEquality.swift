import Aggregation
import Foundation

/// When two answers mean the same: equal words, equal numbers however they are written, equal formulas.
///
/// Numbers: thousands separators, currency, units, `12%` for 12 or 0.12, fractions, mixed numbers, scientific notation,
/// `\frac`, `\boxed`, bold. Formulas are compared by value (`Formula`); lists `(a, b)` part by part, sets `{a, b}` in any
/// order. Ours; the harness compares such answers as texts.
package enum MeaningEquality {
    package static func areEqual(_ answer: String, _ gold: String) -> Bool {
        let (said, known) = (plain(answer), plain(gold))
        if folded(said) == folded(known) { return !folded(known).isEmpty || said == known }
        let (left, right) = (parts(said), parts(known))
        if left.items.count > 1 || right.items.count > 1 {
            guard left.items.count == right.items.count, left.isSet == right.isSet else { return false }
            if left.isSet { return isMatched(left.items, right.items[...]) }
            return zip(left.items, right.items).allSatisfy { areEqual($0, $1) }
        }
        for said in values(said) {
            for known in values(known) where Formula.areClose(said, known) { return true }
        }
        // Only thousands separators are left.
        let digits = { (text: String) in text.filter { $0 != "," } }
        guard let said = Formula(digits(said)), let known = Formula(digits(known)) else { return false }
        return said.isEqual(to: known)
    }

    /// Every item has a partner of its own.
    private static func isMatched(_ items: [String], _ others: ArraySlice<String>) -> Bool {
        guard let first = items.first else { return others.isEmpty }
        for place in others.indices where areEqual(first, others[place]) {
            return isMatched(Array(items.dropFirst()), others[..<place] + others[(place + 1)...])
        }
        return false
    }

    /// Without what only decorates.
    static func plain(_ text: String) -> String {
        var text = AnswerExtraction.marked(in: text) ?? text
        for (mark, plain) in [
            ("**", ""), ("\\$", ""), ("$", ""), ("\\(", ""), ("\\)", ""), ("\\[", ""), ("\\]", ""), ("\\left", ""),
            ("\\right", ""),
            ("\\!", ""), ("\\,", ""), ("\\;", " "), ("\\%", "%"), ("\\dfrac", "\\frac"),
            ("\\tfrac", "\\frac"), ("−", "-"), ("–", "-"), ("×", "*"), ("·", "*"), ("÷", "/"), ("π", "\\pi"),
            ("€", ""), ("£", ""), ("¥", ""), ("₹", ""), ("^\\circ", ""), ("^{\\circ}", ""), ("°", ""), ("\u{A0}", " "),
        ] { text = text.replacingOccurrences(of: mark, with: plain) }
        while let range = text.range(of: "\\text{") {
            guard let close = text[range.upperBound...].firstIndex(of: "}") else { break }
            text.replaceSubrange(range.lowerBound...close, with: " " + text[range.upperBound..<close])
        }
        text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        while let last = text.last, ".;,".contains(last) { text.removeLast() }
        // `x = 5` answers with 5.
        let sides = text.split(separator: "=", omittingEmptySubsequences: false)
        if sides.count == 2, sides[0].filter({ !$0.isWhitespace }).count == 1 { text = String(sides[1]) }
        return text.trimmingCharacters(in: .whitespaces)
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().filter { $0 != "*" && $0 != "`" }.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func parts(_ text: String) -> (items: [String], isSet: Bool) {
        let opens = text.first ?? " "
        let inner: Substring
        let isSet = text.hasPrefix("\\{") || opens == "{"
        if isSet {
            inner = text.drop { "\\{".contains($0) }
        } else if opens == "(" || opens == "[" {
            inner = text.dropFirst()
        } else {
            inner = text[...]
        }
        var (items, depth, item) = ([String](), 0, "")
        let characters = Array(inner)
        for (index, character) in characters.enumerated() {
            if "({[".contains(character) { depth += 1 }
            if ")}]".contains(character) { depth -= 1 }
            let separates = character == "," && depth <= 0 && !isThousands(characters, index)
            if separates {
                items.append(item)
                item = ""
            } else {
                item.append(character)
            }
        }
        items.append(item)
        guard items.count > 1 else { return ([text], isSet) }
        if let last = items.indices.last, let close = items[last].last, ")]}".contains(close), depth < 0 {
            items[last].removeLast()
            if items[last].last == "\\" { items[last].removeLast() }
        }
        return (items.map { $0.trimmingCharacters(in: .whitespaces) }, isSet)
    }

    /// A comma between a digit and exactly three digits; after one with a space before the next it separates.
    private static func isThousands(_ characters: [Character], _ comma: Int) -> Bool {
        guard comma > 0, characters[comma - 1].isNumber else { return false }
        let digits = characters[(comma + 1)...].prefix { $0.isNumber }.count
        return digits == 3
    }

    /// What a text can mean as a number; `12%` has two meanings.
    private static func values(_ text: String) -> [Double] {
        guard let number = NumberPhrase(text) else { return [] }
        return number.isPercent ? [number.value, number.value / 100] : [number.value]
    }
}
