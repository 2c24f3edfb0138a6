import Core

/// What keeps a known answer from being compared with what experts say.
struct AnswerFlaw {
    let found: String
    let fix: String

    /// Nil if the grader can use the answer.
    init?(of question: GradedQuestion, grader: GraderKind?) {
        switch grader {
        case .choice:
            let options = Self.options(of: question.question)
            if options.count < 2 {
                found = "is one of no options"
                fix = "Write the options into the question: A) … B) …"
            } else if !options.contains(question.answer) {
                found = "is none of the options \(options.joined(separator: ", "))"
                fix = "Write the letter of the right one"
            } else {
                return nil
            }
        case .number:
            if Self.isNumber(question.answer) { return nil }
            found = "is not a number"
            fix = "Write digits without a unit, such as 1234.5, -3 or 3/4"
        case .exact, .judge:
            if question.answer.contains(where: { $0.isLetter || $0.isNumber || $0.isMathSymbol }) { return nil }
            found = "has neither letters nor digits"
            fix = "Write a word or two"
        case nil: return nil
        }
    }

    /// The letters that stand before a closing bracket, in order from A, as far as none is left out.
    static func options(of question: String) -> [String] {
        let characters = Array(question)
        var found: Set<Character> = []
        for (index, sign) in characters.enumerated().dropLast() where characters[index + 1] == ")" {
            let isAlone = index == 0 || !(characters[index - 1].isLetter || characters[index - 1].isNumber)
            if isAlone { found.insert(sign) }
        }
        let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { Character(UnicodeScalar($0)) }
        return letters.prefix { found.contains($0) }.map { String($0) }
    }

    /// Digits with a sign, thousands separators, a point; or a fraction of two such.
    static func isNumber(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy(isDecimal)
    }

    private static func isDecimal(_ text: Substring) -> Bool {
        let unsigned = text.hasPrefix("-") ? text.dropFirst() : text
        guard unsigned.utf8.count <= 40, unsigned.first?.isNumber == true || unsigned.first == "." else { return false }
        let groups = unsigned.prefix { $0 != "." }.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return false }
        let digits = unsigned.filter { $0 != "," }
        return digits.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") } && Double(digits) != nil
    }
}
