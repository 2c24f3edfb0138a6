import Core

extension AnswerShelf.Key {
    /// Equal byte for byte. Swift takes two spellings of a letter (one scalar, or a letter and its accent) for the same
    /// text; experts may not.
    static func == (left: Self, right: Self) -> Bool {
        guard left.owner == right.owner, left.wishes == right.wishes, left.model == right.model,
            left.question == right.question
        else { return false }
        return left.texts.elementsEqual(right.texts) { $0.utf8.elementsEqual($1.utf8) }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(owner)
        hasher.combine(model)
        hasher.combine(question)
        hasher.combine(wishes)
    }

    /// Every text in it, in an order that is the same for all keys that Swift takes for equal.
    private var texts: [String] {
        var texts = [model] + question.instructions + question.sampling.stop
        for message in question.messages {
            for part in message.parts {
                switch part {
                case .text(let text): texts.append(text)
                case .image(let url): texts.append(url)
                case .call(let call): texts += [call.id, call.name, call.arguments]
                }
            }
            if let id = message.answeredCall { texts.append(id) }
        }
        for tool in question.output.tools {
            texts.append(tool.name)
            if let summary = tool.summary { texts.append(summary) }
            tool.parameters?.addTexts(to: &texts)
        }
        if case .named(let name) = question.output.toolChoice { texts.append(name) }
        if case .schema(let name, let schema, _) = question.output.form {
            texts.append(name)
            schema.addTexts(to: &texts)
        }
        JSONValue.object(question.extra).addTexts(to: &texts)
        return texts
    }
}

extension JSONValue {
    fileprivate func addTexts(to texts: inout [String]) {
        switch self {
        case .null, .bool, .integer, .number: break
        case .string(let text): texts.append(text)
        case .array(let elements): for element in elements { element.addTexts(to: &texts) }
        case .object(let members):
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                texts.append(name)
                value.addTexts(to: &texts)
            }
        }
    }
}
