import Core

/// What things take in memory, in bytes: their texts, and about as much as the values around them.
enum ShelfSize {
    static func of(_ key: AnswerShelf.Key) -> Int {
        let question = key.question
        var size = 2_048 + key.model.utf8.count
        if let original = question.original { size += original.count + original.members.count * 96 }
        for message in question.messages { size += message.parts.reduce(128) { $0 + of($1) } }
        size += (question.instructions + question.sampling.stop).reduce(0) { $0 + of($1) }
        for tool in question.output.tools {
            size += 128 + of(tool.name) + of(tool.summary ?? "") + (tool.parameters.map(of) ?? 0)
        }
        if case .schema(let name, let schema, _) = question.output.form { size += of(name) + of(schema) }
        return size + of(.object(question.extra))
    }

    static func of(_ answer: Answer) -> Int {
        var size = 4_096 + answer.text.utf8.count + answer.reasoning.utf8.count
        if let original = answer.original { size += original.count + original.members.count * 96 }
        size += answer.calls.reduce(0) { $0 + $1.arguments.utf8.count + 128 }
        return size + answer.probabilities.reduce(0) { $0 + of($1) }
    }

    /// What a trace holds beyond what every trace does.
    static func of(_ trace: Trace) -> Int {
        let recruitment = trace.recruitment
        let lines = recruitment.seats.count + recruitment.suitabilities.count + recruitment.excluded.count
        var size = of(trace.text ?? "") + lines * 96 + trace.need.mentions.count * 128
        for ballot in trace.verdict?.ballots ?? [] { size += of(ballot.answer) + 64 }
        return size
    }

    private static func of(_ text: String) -> Int { 32 + text.utf8.count }

    private static func of(_ part: Message.Part) -> Int {
        switch part {
        case .text(let text), .image(url: let text): of(text)
        case .call(let call): 32 + of(call.id) + of(call.name) + of(call.arguments)
        }
    }

    private static func of(_ value: JSONValue) -> Int {
        switch value {
        case .null, .bool, .integer, .number: 24
        case .string(let text): of(text)
        case .array(let elements): elements.reduce(56) { $0 + of($1) }
        // Tables are at most three quarters full.
        case .object(let members): members.reduce(64) { $0 + 16 + of($1.key) + of($1.value) }
        }
    }
}
