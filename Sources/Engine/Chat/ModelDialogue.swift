/// Puts conversations to a model: its chat template writes them, its tokenizer cuts them into tokens.
///
/// Names of control tokens that the template writes are those tokens; those that people wrote are text, so nobody can
/// end a turn or open another. (Other engines read the whole text one way.)
public struct ModelDialogue: Sendable {
    private let template: ChatTemplate
    private let codec: TextCodec

    /// Reads the template in the file of `model`. Throws `ChatTemplateRefusal`, also where there is none.
    public init(_ model: LanguageModel, _ codec: TextCodec) throws(ChatTemplateRefusal) {
        template = try ChatTemplate(in: model.parts.metadata)
        self.codec = codec
    }

    /// The tokens of `turns`, up to where the assistant's next turn begins. Throws `ChatTemplateRefusal` when the
    /// template refuses them.
    public func prompt(
        _ turns: [ChatTurn], now: CalendarMoment? = nil, others: [String: TemplateValue] = [:]
    ) throws(ChatTemplateRefusal) -> [Int] {
        let variables = ChatVariables(
            beginningOfText: codec.beginningText, endOfText: codec.endingText, now: now, others: others)
        let text = try template.render(turns.map(guarded), with: variables)
        return codec.framed(Self.stretches(of: text).flatMap { codec.tokenizer.encode($0.text, marks: $0.marks) })
    }

    // Characters for private use, which no text of a template has, around what people wrote.
    private static let opening: Character = "\u{E000}"
    private static let closing: Character = "\u{E001}"

    /// The turn with its text between guards, if the text names a control token. What surrounds the text stays outside,
    /// since templates trim it.
    private func guarded(_ turn: ChatTurn) -> ChatTurn {
        guard case .text(let text) = turn.content, namesMark(text) else { return turn }
        let clean = String(text.map { $0 == Self.opening || $0 == Self.closing ? "\u{FFFD}" : $0 })
        let start = clean.firstIndex { !$0.isWhitespace } ?? clean.startIndex
        let end = clean.lastIndex { !$0.isWhitespace }.map { clean.index(after: $0) } ?? clean.startIndex
        let inner = String(Self.opening) + clean[start..<end] + String(Self.closing)
        return ChatTurn(
            role: turn.role, content: .text(clean[..<start] + inner + clean[end...]), fields: turn.fields)
    }

    private func namesMark(_ text: String) -> Bool {
        text.contains(Self.opening) || text.contains(Self.closing)
            || codec.tokenizer.encode(text, marks: .asTokens) != codec.tokenizer.encode(text, marks: .asText)
    }

    /// What the template wrote and what people wrote, in turn.
    private static func stretches(of text: String) -> [(text: String, marks: MarkReading)] {
        var stretches: [(text: String, marks: MarkReading)] = []
        for (index, piece) in text.split(separator: opening, omittingEmptySubsequences: false).enumerated() {
            let halves = piece.split(separator: closing, maxSplits: 1, omittingEmptySubsequences: false)
            if index == 0 || halves.count < 2 {
                // Nothing was opened here, or a template that cuts texts took the end away.
                stretches.append((String(piece.filter { $0 != closing }), index == 0 ? .asTokens : .asText))
            } else {
                stretches.append((String(halves[0]), .asText))
                stretches.append((String(halves[1].filter { $0 != closing }), .asTokens))
            }
        }
        return stretches.filter { !$0.text.isEmpty }
    }
}
