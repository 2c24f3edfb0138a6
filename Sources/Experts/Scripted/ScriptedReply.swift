import Core

/// Works out what a scripted expert says.
struct ScriptedReply {
    /// Skills named at most when playing the annotator.
    private static let mostKeywords = 3

    let script: Script
    let key: AnswerKey
    let expert: ExpertID

    /// What is said, and the call that is asked for, if one is.
    func reply(to question: Question) -> (text: String, call: ToolCall?) {
        let asked = question.text.lowercased()
        let line = script.lines.first { line in
            (line.when.isEmpty || asked.contains(line.when.lowercased())) && question.suits(line)
        }
        guard let line else { return (answer(to: question), nil) }
        return (
            question.filled(line.say),
            line.call.map { call in
                ToolCall(
                    id: "call_" + String(Fingerprint(of: expert.rawValue, question.text).seed, radix: 16),
                    name: call.name, arguments: JSONText.of(call.arguments.mapTexts(question.filled)))
            }
        )
    }

    /// In order: keywords if they are asked for, an answer it knows or gets wrong, the last resort.
    private func answer(to question: Question) -> String {
        let text = question.text
        let asked = text.lowercased()
        if asked.contains("keywords:") { return keywords(for: text) }
        if let entry = key.entry(in: text), let share = share(for: entry.skill) { return answer(entry, share: share) }
        return question.filled(script.otherwise)
    }

    /// A skill's own entry, else its category's, else everybody's.
    private func share(for skill: Skill) -> Double? {
        script.knows[skill.name.rawValue] ?? script.knows[skill.category] ?? script.knows["*"]
    }

    private func answer(_ entry: AnswerKey.Entry, share: Double) -> String {
        var luck = SeededRandom(seed: Fingerprint(of: expert.rawValue, entry.graded.question).seed)
        let isRight = luck.unit() < share
        let said = isRight ? entry.graded.answer : WrongAnswer(entry: entry).draw(using: &luck)
        return "This is a question of \(entry.skill.spokenName).\nAnswer: \(said)"
    }

    /// Plays the annotator: the skills whose question it is, or whose words occur.
    private func keywords(for text: String) -> String {
        // What is asked about stands first; the last paragraph is the instruction, with examples that are skills too.
        let question = text.ranges(of: "\n\n").last.map { String(text[..<$0.lowerBound]) } ?? text
        let words = question.spacedWords
        let own = key.entry(in: question).map { [$0.skill] } ?? []
        let others = key.skills.filter { skill in
            skill.name != own.first?.name && skill.keywords.contains { words.contains($0.spacedWords) }
        }
        return "Keywords: " + (own + others).prefix(Self.mostKeywords).map(\.spokenName).joined(separator: ", ")
    }
}

extension Skill {
    /// The name as people say it.
    fileprivate var spokenName: String { name.rawValue.replacing("-", with: " ") }
}

extension String {
    /// The words in lower case with one space around each, so that whole words are found and no parts of them.
    fileprivate var spacedWords: String {
        let words = lowercased().split { !$0.isLetter && !$0.isNumber }
        return " " + words.joined(separator: " ") + " "
    }
}

extension Question {
    /// True if a line's call can be asked for: its tool is offered, and the conversation does not yet end with what came
    /// of a call. A line that tells a result is for conversations that do end so.
    fileprivate func suits(_ line: Script.Line) -> Bool {
        let hasResult = messages.last?.role == .tool
        guard let call = line.call else { return hasResult || !line.say.contains("{result}") }
        return !hasResult && output.toolChoice != ToolChoice.none && output.tools.contains { $0.name == call.name }
    }

    /// A text with the places for the question and for what came of a call filled in.
    fileprivate func filled(_ text: String) -> String {
        let result = messages.last?.role == .tool ? messages.last?.text ?? "" : ""
        return text.replacing("{result}", with: result).replacing("{question}", with: self.text)
    }
}

extension JSONValue {
    /// The same value with every text in it changed.
    fileprivate func mapTexts(_ change: (String) -> String) -> JSONValue {
        switch self {
        case .string(let text): .string(change(text))
        case .array(let elements): .array(elements.map { $0.mapTexts(change) })
        case .object(let members): .object(members.mapValues { $0.mapTexts(change) })
        default: self
        }
    }
}
