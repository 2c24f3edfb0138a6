import Core

/// Works out what a scripted expert says.
struct ScriptedReply {
    let script: Script
    let key: AnswerKey
    let expert: ExpertID

    /// In order: a line of the script, keywords if they are asked for, an answer it knows or gets wrong, the last resort.
    func reply(to question: Question) -> String {
        let text = question.text
        let asked = text.lowercased()
        if let line = script.lines.first(where: { $0.when.isEmpty || asked.contains($0.when.lowercased()) }) {
            return line.say.replacing("{question}", with: text)
        }
        if asked.contains("keywords:") { return keywords(for: asked) }
        if let entry = key.entry(in: text), let share = share(for: entry.skill) { return answer(entry, share: share) }
        return script.otherwise.replacing("{question}", with: text)
    }

    /// A skill's own entry, else its category's, else everybody's.
    private func share(for skill: Skill) -> Double? {
        script.knows[skill.name.rawValue] ?? script.knows[skill.category] ?? script.knows["*"]
    }

    private func answer(_ entry: AnswerKey.Entry, share: Double) -> String {
        var luck = SeededRandom(seed: Fingerprint(of: expert.rawValue, entry.graded.question).seed)
        let isRight = luck.unit() < share
        let said = isRight ? entry.graded.answer : wrongAnswer(entry, &luck)
        return "This is a question of \(entry.skill.name.rawValue.replacing("-", with: " ")).\nAnswer: \(said)"
    }

    private func wrongAnswer(_ entry: AnswerKey.Entry, _ luck: inout SeededRandom) -> String {
        let right = entry.graded.answer
        switch entry.skill.grader {
        case .choice:
            let letters = ["A", "B", "C", "D"].filter { $0 != right.uppercased() }
            return letters[luck.below(letters.count)]
        case .number:
            guard let number = Double(right.filter { $0 != "," }) else { return "\(right)0" }
            let wrong = number + Double(1 + luck.below(9))
            return wrong.rounded() == wrong && abs(wrong) < 1e15 ? String(Int(wrong)) : String(wrong)
        case .exact, .judge, nil:
            let others = entry.skill.questions.map(\.answer).filter { $0.lowercased() != right.lowercased() }
            return others.isEmpty ? "not \(right)" : others[luck.below(others.count)]
        }
    }

    /// Plays the annotator: up to three skills whose question it is, or whose words occur.
    private func keywords(for asked: String) -> String {
        // The examples of skills stand after the question in such a request; only the question counts.
        let question = asked.split(separator: "\n\n").first.map(String.init) ?? asked
        let named = key.skills.filter { skill in
            skill.questions.contains { question.contains($0.question.lowercased()) }
                || skill.keywords.contains { question.contains($0.lowercased()) }
        }
        return "Keywords: " + named.prefix(3).map { $0.name.rawValue.replacing("-", with: " ") }.joined(separator: ", ")
    }
}
