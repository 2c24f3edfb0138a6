import Core

/// Makes answers that are wrong, but of the right form.
struct WrongAnswer {
    let entry: AnswerKey.Entry

    /// Another letter, a number near by, or the answer to another question of the skill.
    func draw(using luck: inout SeededRandom) -> String {
        let right = entry.graded.answer
        switch entry.skill.grader {
        case .choice: return otherLetter(than: right, &luck)
        case .number: return otherNumber(than: right, &luck)
        case .exact, .judge, nil:
            let others = entry.skill.questions.map(\.answer).filter { $0.bare != right.bare && !$0.bare.isEmpty }
            return others.isEmpty ? "not \(right)" : others[luck.below(others.count)]
        }
    }

    private func otherLetter(than right: String, _ luck: inout SeededRandom) -> String {
        let question = entry.graded.question
        let offered = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"].filter { letter in
            [")", ".", ":"].contains { question.contains(letter + $0) }
        }
        let letters = (offered.count > 1 ? offered : ["A", "B", "C", "D"]).filter { $0 != right.bare.uppercased() }
        return letters[luck.below(letters.count)]
    }

    private func otherNumber(than right: String, _ luck: inout SeededRandom) -> String {
        guard let number = Double(right.filter { $0 != "," }), abs(number) < 1e15 else { return "\(right)0" }
        let wrong = number + Double(1 + luck.below(9))
        return wrong.rounded() == wrong ? String(Int(wrong)) : String(wrong)
    }
}

extension String {
    /// Letters and digits alone, in lower case: what is compared when short answers are.
    fileprivate var bare: String { lowercased().filter { $0.isLetter || $0.isNumber } }
}
