import Core
import Experts

/// Runs what a server sends through a wire, as the reader of a stream does, but without a socket.
enum WireReading {
    static func pieces(of wire: some ChatWire, whole json: String) throws -> [AnswerPiece] {
        try wire.pieces(inWhole: JSONValue.parse(json) ?? .null)
    }

    /// - Parameter texts: one JSON text an event.
    static func pieces(of wire: some ChatWire, events texts: [String]) throws -> (
        pieces: [AnswerPiece], end: WireState.Progress
    ) {
        var state = WireState()
        let pieces = try texts.flatMap { try wire.pieces(inEvent: JSONValue.parse($0) ?? .null, state: &state) }
        return (pieces, state.progress)
    }

    static func body(of request: WireRequest) throws -> String {
        JSONText.of(request.json)
    }
}

extension WireRequest {
    /// The body, read again.
    var json: JSONValue { JSONValue.parse(body) ?? .null }
}
