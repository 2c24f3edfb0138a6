import Core

/// What a streamed chat says, event by event: an expert's own events are handed on, everything else is written here.
struct ChatScript: AnswerScript {
    let chunk: ChatChunk
    /// Whether the client asked for the tokens at the end.
    let includesUsage: Bool
    let showsTrace: Bool

    /// Where one request gets several answers: those that have begun to speak.
    private var choices: Set<Int> = []
    private var hasBegun = false
    private var hasFinished = false
    /// The expert's own event about tokens: the last one.
    private var usage: OriginalEvent?

    init(chunk: ChatChunk, includesUsage: Bool, showsTrace: Bool) {
        self.chunk = chunk
        self.includesUsage = includesUsage
        self.showsTrace = showsTrace
    }

    /// Who speaks is told with the first piece.
    func opening() -> [UInt8] { [] }

    mutating func bytes(for piece: AnswerPiece) -> [UInt8] {
        switch piece {
        case .text(let text): text.isEmpty ? [] : own(chunk.content(text))
        case .reasoning(let text): text.isEmpty ? [] : own(chunk.reasoning(text))
        case .call(let call): own(chunk.call(call))
        case .probabilities(let tokens): own(chunk.probabilities(tokens))
        // Tokens and the finish reason come with the settled answer.
        case .usage, .finish: []
        case .original(let event): passedOn(event)
        }
    }

    /// A piece of one of several answers, always written here: an expert's own events know one answer only.
    mutating func bytes(for piece: AnswerPiece, choice: Int) -> [UInt8] {
        let text =
            switch piece {
            case .text(let text): text.isEmpty ? "" : chunk.content(text, choice)
            case .reasoning(let text): text.isEmpty ? "" : chunk.reasoning(text, choice)
            case .call(let call): chunk.call(call, choice)
            case .probabilities(let tokens): chunk.probabilities(tokens, choice)
            case .finish(let reason): chunk.finish(reason, choice, muster: nil)
            case .usage: ""
            case .original(let event):
                // Why it ended is told when it is settled.
                event.pieces.reduce(into: "") { text, piece in
                    if case .finish = piece { return }
                    text += String(decoding: bytes(for: piece, choice: choice), as: UTF8.self)
                }
            }
        guard !text.isEmpty else { return [] }
        return Array((choices.insert(choice).inserted ? chunk.role(choice) + text : text).utf8)
    }

    mutating func ending(_ answer: Answer, _ trace: Trace) throws -> [UInt8] {
        let muster = showsTrace ? try MusterMember(trace).json() : nil
        var out: [UInt8] = []
        if !hasFinished, choices.isEmpty { out += own(chunk.finish(answer.finish, muster: muster)) }
        if hasFinished || !choices.isEmpty, let muster { out += chunk.muster(muster).utf8 }
        if includesUsage { out += told(answer.usage, trace) }
        return out + ChatChunk.done.utf8
    }

    /// The tokens of all calls, as the expert told its own where there are no others.
    private func told(_ sum: Usage, _ trace: Trace) -> [UInt8] {
        guard let usage else { return Array(chunk.usage(UsageReport(sum).json).utf8) }
        let own = OriginalBody(usage.bytes, members: usage.members).value("usage")
        let report = UsageReport(sum).correcting(own, calls: trace.calls)
        guard usage.hasChoices else { return chunk.passedOn(usage, changes: report.map { ["usage": $0] } ?? [:]) }
        let json = report.map { String(decoding: $0, as: UTF8.self) } ?? own.map { String(decoding: $0, as: UTF8.self) }
        return Array(chunk.usage(json ?? UsageReport(sum).json).utf8)
    }

    func failure(_ refusal: Refusal) -> [UInt8] { Array(ChatChunk.failure(refusal).utf8) }

    var keepAlive: [UInt8] { Array(ChatChunk.keepAlive.utf8) }

    private mutating func own(_ text: String) -> [UInt8] {
        defer { hasBegun = true }
        return Array((hasBegun ? text : chunk.role() + text).utf8)
    }

    private mutating func passedOn(_ event: OriginalEvent) -> [UInt8] {
        let tellsTokens = event.pieces.contains { if case .usage = $0 { true } else { false } }
        hasFinished = hasFinished || event.pieces.contains { if case .finish = $0 { true } else { false } }
        guard tellsTokens else {
            hasBegun = true
            return chunk.passedOn(event)
        }
        usage = event
        guard event.hasChoices else { return [] }
        // Tokens are told once, in an event of their own: clients add up what they find elsewhere.
        hasBegun = true
        return chunk.passedOn(event, changes: ["usage": includesUsage ? Array("null".utf8) : nil])
    }
}

extension OriginalEvent {
    /// True if the event says something of a choice.
    fileprivate var hasChoices: Bool {
        guard let place = members.last(where: { $0.name == "choices" })?.value else { return false }
        // An empty list may hold spaces.
        return bytes[place].contains { $0 == UInt8(ascii: "{") }
    }
}
