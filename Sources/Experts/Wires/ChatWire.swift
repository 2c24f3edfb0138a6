import Core
import Foundation

/// How one kind of server is spoken to: pure translation, no network.
protocol ChatWire: Sendable {
    /// What is sent.
    func request(_ question: Question, delivery: Delivery) throws -> WireRequest

    /// The pieces of a whole answer, the finish among them.
    func pieces(inWhole body: JSONValue) throws -> [AnswerPiece]

    /// The pieces of one event of a stream.
    func pieces(inEvent data: JSONValue, state: inout WireState) throws -> [AnswerPiece]

    /// How events are told apart.
    var framing: WireFraming { get }
}

/// What is posted, relative to the expert's base address.
struct WireRequest: Equatable {
    var path: String
    var headers: [WireHeader]
    var body: JSONValue
}

/// A header to send; may hold a key.
struct WireHeader: Equatable {
    var name: String
    var value: String
}

/// How a stream is cut into events.
enum WireFraming: Sendable {
    /// Server-sent events; `endMark` is the data that ends them, if the server sends one.
    case events(endMark: String?)
    case lines
}

/// What a stream has said so far.
struct WireState {
    /// An end was announced: a finish reason, or the end mark.
    var hasEnded = false
    var promptTokens = 0
    var cachedTokens: Int?
}

/// The server's answer is not what its API promises.
struct WireSurprise: Error {
    /// What came, without its subject: `said "model not found"`.
    var found: String
    /// An error that the server reports inside a good response; it may pass.
    var isServerError = false
}

extension JSONValue {
    static func text(_ value: String) -> JSONValue { .string(value) }

    /// The double, if this is a number.
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// Reads JSON of a server; nil if it is none.
    static func parse(_ bytes: [UInt8]) -> JSONValue? { try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) }
    static func parse(_ text: String) -> JSONValue? { parse(Array(text.utf8)) }

    /// As bytes to send, members in name order.
    func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    /// The message of an error object, in the shapes servers use: `{"error": {"message"}}`, `{"error": "…"}`,
    /// `{"message"}`, `{"detail"}`.
    var errorMessage: String? {
        if let error = self["error"] { return error.text ?? error["message"]?.text ?? (error == .null ? nil : "an error without a message") }
        return self["message"]?.text ?? self["detail"]?.text
    }
}
