import Core

/// Puts the pieces of an answer in order as blocks (thinking, text, calls), numbered and one open at a time, for formats
/// that tell an answer so.
///
/// Experts may write several calls at once, or words amid a call: what comes while a call is half written waits until its
/// arguments have ended, at the latest until the answer has. White space between calls is no block.
struct AnswerBlocks: Sendable {
    /// What waits may hold so much together, in bytes.
    static let mostWaiting = 4 << 20
    /// What an empty block counts for.
    private static let weight = 128

    private(set) var all: [Block] = []
    /// The block that is being written: the last one, or none.
    private(set) var open: Int?
    /// What came while a call was half written, in order.
    private var waiting: [Block] = []
    private var waitingBytes = 0

    init() {}

    /// The blocks of a whole answer.
    init(_ answer: Answer) {
        if !answer.reasoning.isEmpty { all.append(Block(.thinking, content: answer.reasoning)) }
        if !answer.text.isEmpty, answer.calls.isEmpty || !answer.text.isBlank {
            all.append(Block(.text, content: answer.text, probabilities: answer.probabilities))
        }
        for (index, call) in answer.calls.enumerated() {
            all.append(Block(.call(index), content: call.arguments, id: call.id, name: call.name))
        }
    }

    /// What a piece means for the blocks.
    ///
    /// - Throws: `expertGarbled` for more of a call that had ended, or if too much would have to wait.
    mutating func take(_ piece: AnswerPiece) throws -> [Step] {
        switch piece {
        case .text(let more): return more.isEmpty ? [] : try add(more, to: Block(.text))
        case .reasoning(let more): return more.isEmpty ? [] : try add(more, to: Block(.thinking))
        case .call(let call):
            let block = Block(.call(call.index), id: call.id ?? "call_\(call.index)", name: call.name ?? "")
            return try add(call.arguments, to: block)
        case .probabilities(let more): return try add(more)
        // Tokens and the finish reason come with the settled answer.
        case .usage, .finish: return []
        case .original(let event):
            return try event.pieces.reduce(into: []) { $0 += try take($1) }
        }
    }

    /// Tells what still waits, and closes what is open: no more will come.
    mutating func finish() -> [Step] { advance(isOver: true) + close() }

    // MARK: One after the other

    /// Adds to the block of this kind that is open or waits, else to this new one.
    private mutating func add(_ more: String, to block: Block) throws -> [Step] {
        if let open, all[open].kind == block.kind {
            guard !more.isEmpty else { return [] }
            all[open].add(more)
            return [.more(open, all[open], more)] + advance()
        }
        if block.kind.isCall, all.contains(where: { $0.kind == block.kind }) {
            guard more.isBlank else {
                throw Self.garbled("more of a call came after its arguments had ended")
            }
            return []
        }
        let known =
            block.kind.isCall
            ? waiting.firstIndex { $0.kind == block.kind } : waiting.indices.last { waiting[$0].kind == block.kind }
        if let known, block.kind.isCall || known == waiting.count - 1 {
            waiting[known].add(more)
            try count(more.utf8.count)
        } else {
            var block = block
            block.add(more)
            waiting.append(block)
            try count(more.utf8.count + Self.weight)
        }
        return advance()
    }

    private mutating func add(_ tokens: [JSONValue]) throws -> [Step] {
        if let last = waiting.indices.last {
            guard waiting[last].kind == .text else { return [] }
            waiting[last].probabilities += tokens
            try count(tokens.count * Self.weight)
            return []
        }
        guard let open, all[open].kind == .text else { return [] }
        all[open].probabilities += tokens
        return [.probabilities(open, tokens)]
    }

    /// Opens what waits, as far as its turn has come.
    private mutating func advance(isOver: Bool = false) -> [Step] {
        var steps: [Step] = []
        while let next = waiting.first, isOver || !isHalfCall {
            if next.isBlank, all.last?.kind.isCall == true {
                // There may be words after it.
                if !isOver, waiting.count == 1 { return steps }
                waiting.removeFirst()
                continue
            }
            waiting.removeFirst()
            steps += close()
            let index = all.count
            all.append(next)
            open = index
            steps.append(.begin(index, next.begun))
            if !next.content.isEmpty { steps.append(.more(index, next, next.content)) }
            if !next.probabilities.isEmpty { steps.append(.probabilities(index, next.probabilities)) }
        }
        if waiting.isEmpty { waitingBytes = 0 }
        return steps
    }

    private var isHalfCall: Bool { open.map { all[$0].isHalfCall } ?? false }

    private mutating func close() -> [Step] {
        guard let index = open.take() else { return [] }
        return [.end(index, all[index])]
    }

    private mutating func count(_ bytes: Int) throws {
        waitingBytes += bytes
        guard waitingBytes <= Self.mostWaiting else {
            throw Self.garbled("more than \(Self.mostWaiting) bytes came while a call had not ended")
        }
    }

    private static func garbled(_ what: String) -> Fault {
        Fault(.expertGarbled, "answer", what, hint: "Ask for the answer whole, without stream")
    }
}
