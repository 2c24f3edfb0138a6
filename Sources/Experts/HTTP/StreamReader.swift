import Core
import Transport

/// Reads an answer that comes in pieces, and insists on its end: a stream that stops without one was cut off.
actor StreamReader {
    /// Dropped when nothing more is wanted, which hangs up.
    private var body: HTTPBody?
    private let wire: any ChatWire
    private let faults: ExpertFaults
    private var events = EventStream()
    private var lines = JSONLines()
    private var state: WireState
    private var waiting: ArraySlice<AnswerPiece> = []
    private var pieceCount = 0
    /// Whether events are handed on as they came, besides being understood.
    private let keepsOriginal: Bool

    private let slip: CallSlip?

    init(
        body: HTTPBody, wire: any ChatWire, faults: ExpertFaults, question: Question, keepsOriginal: Bool = false,
        slip: CallSlip? = nil
    ) {
        state = WireState(answering: question)
        self.slip = slip
        self.body = body
        self.wire = wire
        self.faults = faults
        self.keepsOriginal = keepsOriginal
    }

    func next() async throws -> AnswerPiece? {
        while true {
            if let piece = waiting.popFirst() { return piece }
            guard let body else { return nil }
            do {
                try await readMore(of: body)
            } catch {
                self.body = nil
                throw error
            }
        }
    }

    private func readMore(of body: HTTPBody) async throws {
        let bytes: [UInt8]?
        do {
            bytes = try await body.next()
        } catch {
            // Everything was said; how the connection then ends does not matter.
            guard state.progress != .answering, error != .cancelled else { throw try faults.transport(error) }
            self.body = nil
            return
        }
        try understand(bytes)
        guard state.progress == .over, self.body != nil else { return }
        self.body = nil
        // Nothing but the end of the body is left; once that is read the connection can be used again.
        Task { _ = try? await body.next() }
    }

    /// Takes in what came, or the end. Never a part of the caller, in whose memory it would have its room while nothing
    /// comes.
    @inline(never)
    private func understand(_ bytes: [UInt8]?) throws {
        do {
            guard let bytes else { return try end() }
            slip?.count(bytes: bytes.count)
            try read(bytes)
        } catch let surprise as WireSurprise {
            throw faults.surprise(surprise)
        }
    }

    private func read(_ bytes: [UInt8]) throws {
        switch wire.framing {
        case .events(let endMark):
            for event in try events.feed(bytes) where state.progress != .over {
                if let endMark, event.data.hasPrefix(endMark) { state.progress = .over } else { try take(event.data) }
            }
        case .lines:
            for line in try lines.feed(bytes) where state.progress != .over { try take(line) }
        }
    }

    private func take(_ text: String) throws {
        // Between the tokens of JSON a line break is a space; as a space it can be handed on in one line.
        let bytes = text.utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
        guard let (value, members) = try? JSONReader.readPlaces(bytes) else { throw WireSurprise.notJSON(text) }
        let wasFinished = state.progress != .answering
        var pieces = try wire.pieces(inEvent: value, state: &state)
        // A finished answer is finished: only its tokens may follow.
        if wasFinished { pieces = pieces.filter { if case .usage = $0 { true } else { false } } }
        pieceCount += pieces.count
        let isInPlace = !wasFinished || value["choices"]?.elements?.isEmpty == true
        let mends = state.calls.takeMends()
        let sent = OpenAIEvent(bytes: bytes, members: members, value: value)
        if keepsOriginal, isInPlace, let original = sent.handedOn(mends, as: .streamed, pieces) {
            waiting.append(.original(original))
        } else {
            waiting += pieces
        }
    }

    private func end() throws {
        let isMidEvent = events.isMidEvent || lines.isMidLine
        if let rest = lines.rest(), JSONValue.parse(rest) != nil { try take(rest) }
        body = nil
        if state.progress == .answering { throw faults.cutOff(pieces: pieceCount, isMidEvent: isMidEvent) }
    }
}
