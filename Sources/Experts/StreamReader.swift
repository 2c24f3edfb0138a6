import Core
import Synchronization
import Transport

/// Hands out a list of pieces one by one.
final class PieceQueue: Sendable {
    private let pieces: Mutex<ArraySlice<AnswerPiece>>

    init(_ pieces: [AnswerPiece]) { self.pieces = Mutex(pieces[...]) }

    func next() -> AnswerPiece? { pieces.withLock { $0.popFirst() } }
}

/// Reads an answer that comes in pieces, and insists on its end: a stream that stops without one was cut off.
actor StreamReader {
    private let body: HTTPBody
    private let wire: any ChatWire
    private let faults: ExpertFaults
    private var events = EventStream()
    private var lines = LineStream()
    private var state = WireState()
    private var waiting: [AnswerPiece] = []
    private var pieceCount = 0
    private var isOver = false

    init(body: HTTPBody, wire: any ChatWire, faults: ExpertFaults) {
        self.body = body
        self.wire = wire
        self.faults = faults
    }

    func next() async throws -> AnswerPiece? {
        while waiting.isEmpty {
            if isOver { return nil }
            try await readMore()
        }
        return waiting.removeFirst()
    }

    private func readMore() async throws {
        let bytes: [UInt8]?
        do {
            bytes = try await body.next()
        } catch {
            // Everything was said; how the connection then ends does not matter.
            if state.hasEnded, error != .cancelled {
                isOver = true
                return
            }
            throw try faults.transport(error, pieces: pieceCount)
        }
        do {
            guard let bytes else { return try end() }
            try read(bytes)
        } catch let surprise as WireSurprise {
            throw faults.surprise(surprise)
        } catch is EventStream.TooLong {
            throw faults.surprise(WireSurprise(found: "sent an event of more than \(EventStream.longestEvent >> 20) MiB"))
        }
    }

    private func read(_ bytes: [UInt8]) throws {
        switch wire.framing {
        case .events(let endMark):
            for event in try events.feed(bytes) {
                if let endMark, event.data.hasPrefix(endMark) {
                    state.hasEnded = true
                    isOver = true
                } else {
                    try take(event.data)
                }
            }
        case .lines:
            for line in try lines.feed(bytes) { try take(line) }
        }
    }

    private func take(_ data: String) throws {
        guard !isOver else { return }
        guard let value = JSONValue.parse(data) else {
            throw WireSurprise(found: "sent an event that is not JSON: \(ExpertFaults.excerpt(data))")
        }
        let pieces = try wire.pieces(inEvent: value, state: &state)
        pieceCount += pieces.count
        waiting += pieces
    }

    private func end() throws {
        if case .lines = wire.framing, let rest = lines.rest(), JSONValue.parse(rest) != nil { try take(rest) }
        isOver = true
        guard state.hasEnded else { throw faults.cutOff(pieces: pieceCount, isMidEvent: events.isMidEvent) }
    }
}
