import Foundation

/// Lettered options that are written into a question: `… (A) granite (B) marble`.
struct InlineOptions {
    /// A first; empty if there are not at least two in order.
    let texts: [String]

    init(_ question: String, most: Int) {
        var texts: [String] = []
        var rest: Substring
        guard let first = question.range(of: "(A)") else {
            self.texts = []
            return
        }
        rest = question[first.upperBound...]
        while texts.count < most {
            let next = rest.range(of: "(\(SuiteRow.letter(texts.count + 1)))")
            guard texts.count + 1 < most, let next else { break }
            texts.append(rest[..<next.lowerBound].trimmingCharacters(in: .whitespacesAndNewlines))
            rest = rest[next.upperBound...]
        }
        texts.append(rest.trimmingCharacters(in: .whitespacesAndNewlines))
        self.texts = texts.count >= 2 ? texts : []
    }
}
