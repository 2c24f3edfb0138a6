import Core

/// What a streamed answer says, event by event, in the format of one API. Everything else about streams (pace, silence,
/// leaving clients, failures) is the same for all.
protocol AnswerScript: Sendable {
    /// What goes out before anything has come of the answer.
    mutating func opening() throws -> [UInt8]

    /// What goes out for a piece; may be nothing.
    mutating func bytes(for piece: AnswerPiece) throws -> [UInt8]

    /// What goes out for a piece of one of several answers; may be nothing.
    mutating func bytes(for piece: AnswerPiece, choice: Int) throws -> [UInt8]

    /// What ends the stream when all is well.
    mutating func ending(_ answer: Answer, _ trace: Trace) throws -> [UInt8]

    /// What ends it when something went wrong.
    mutating func failure(_ refusal: Refusal) -> [UInt8]

    /// What fills a silence, so that nothing on the way gives up.
    var keepAlive: [UInt8] { get }
}

extension AnswerScript {
    /// A format that knows one answer only is never asked for another.
    mutating func bytes(for piece: AnswerPiece, choice: Int) throws -> [UInt8] { try bytes(for: piece) }
}
