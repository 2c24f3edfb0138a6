import Core

/// Puts the pieces of an answer in order as blocks (thinking, text, calls), numbered and one open at a time, for formats
/// that tell an answer so.
struct AnswerBlocks: Sendable {
    enum Kind: Sendable, Hashable {
        case thinking
        case text
        /// The answer's call of this index.
        case call(Int)
    }

    struct Block: Sendable, Hashable {
        var kind: Kind
        /// Everything so far: words, or a call's arguments.
        var content = ""
        /// Of a call.
        var id = ""
        var name = ""
        /// How likely the text's tokens were, where that was asked for.
        var probabilities: [JSONValue] = []
    }

    enum Step: Sendable, Hashable {
        case begin(Int, Block)
        case more(Int, Block, String)
        case end(Int, Block)
    }

    private(set) var all: [Block] = []
    private var isOpen = false

    init() {}

    /// The blocks of a whole answer.
    init(_ answer: Answer) {
        if !answer.reasoning.isEmpty { all.append(Block(kind: .thinking, content: answer.reasoning)) }
        if !answer.text.isEmpty {
            all.append(Block(kind: .text, content: answer.text, probabilities: answer.probabilities))
        }
        for (index, call) in answer.calls.enumerated() {
            all.append(Block(kind: .call(index), content: call.arguments, id: call.id, name: call.name))
        }
    }

    /// What a piece means for the blocks.
    ///
    /// - Throws: `expertGarbled` for a part of a call whose block was closed because another had begun.
    mutating func take(_ piece: AnswerPiece) throws -> [Step] {
        switch piece {
        case .text(let more): return more.isEmpty ? [] : open(Block(kind: .text)) + add(more)
        case .reasoning(let more): return more.isEmpty ? [] : open(Block(kind: .thinking)) + add(more)
        case .call(let call):
            let kind = Kind.call(call.index)
            if !(isOpen && all.last?.kind == kind), all.contains(where: { $0.kind == kind }) {
                throw Fault(
                    .expertGarbled, "answer", "a part of one call came after the next call had begun",
                    hint: "Ask for the answer whole, without stream")
            }
            let opened = open(Block(kind: kind, id: call.id ?? "call_\(call.index)", name: call.name ?? ""))
            return opened + (call.arguments.isEmpty ? [] : add(call.arguments))
        case .probabilities(let more):
            if isOpen, let last = all.indices.last, all[last].kind == .text { all[last].probabilities += more }
            return []
        // Tokens and the finish reason come with the settled answer.
        case .usage, .finish: return []
        case .original(let event):
            return try event.pieces.reduce(into: []) { $0 += try take($1) }
        }
    }

    /// Closes what is open.
    mutating func finish() -> [Step] {
        guard isOpen, let last = all.last else { return [] }
        isOpen = false
        return [.end(all.count - 1, last)]
    }

    private mutating func open(_ block: Block) -> [Step] {
        if isOpen, all.last?.kind == block.kind { return [] }
        let closed = finish()
        all.append(block)
        isOpen = true
        return closed + [.begin(all.count - 1, block)]
    }

    private mutating func add(_ more: String) -> [Step] {
        all[all.count - 1].content += more
        return [.more(all.count - 1, all[all.count - 1], more)]
    }
}
