import Core
import Support
import Testing

/// What a server of the client's format sends is handed on as it is, if clients can count on it.
struct HandingOnTests {
    private static let head = #""id":"up","object":"chat.completion.chunk","created":1,"model":"m""#
    private static let done = #"{\#(head),"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#

    private static func said(_ text: String) -> String {
        #"{\#(head),"choices":[{"index":0,"delta":{"content":"\#(text)"},"finish_reason":null}]}"#
    }

    private static func pieces(_ events: [String]) async throws -> [AnswerPiece] {
        let server = try ScriptedSocketServer(.events(events + ["[DONE]"]))
        return try await Sample.pieces(of: Sample.expert(Sample.spec(at: server.url)), question)
    }

    /// As a client of the same format asks it.
    private static var question: Question {
        get throws {
            let body = Array(#"{"model":"a","stream":true,"messages":[{"role":"user","content":"?"}]}"#.utf8)
            var question = Question("?")
            question.original = OriginalBody(body, members: try JSONReader.readPlaces(body).members)
            return question
        }
    }

    @Test func soundEventsAreHandedOnAsTheyAre() async throws {
        let pieces = try await Self.pieces([Self.said("Four."), Self.done])
        #expect(pieces.originals == [Self.said("Four."), Self.done])
    }

    static let odd = [
        #"{"choices":[{"delta":{"content":"Four."}}]}"#,
        #"{\#(head),"choices":[{"index":0,"delta":{"content":"Four."}}],"usage":[1]}"#,
        #"{\#(head),"choices":[{"index":0,"delta":{"content":"Four."}}],"usage":{"prompt_tokens":-1}}"#,
        #"{\#(head),"choices":[{"index":0,"message":{"content":"Four."}}]}"#,
        #"{\#(head),"choices":[{"delta":{"content":"Four."},"finish_reason":""}]}"#,
    ]

    @Test(arguments: odd) func oddEventsAreToldAnew(_ event: String) async throws {
        let pieces = try await Self.pieces([event, Self.done])
        #expect(pieces.originals == [Self.done])
        #expect(pieces.first == .text("Four."))
    }

    @Test func nothingIsSaidAfterTheFinish() async throws {
        let tokens = #"{\#(Self.head),"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}"#
        let pieces = try await Self.pieces([Self.said("Four."), Self.done, Self.said("Five."), Self.done, tokens])
        #expect(pieces.originals == [Self.said("Four."), Self.done, tokens])
        #expect(!pieces.contains { $0.speaks && $0 != pieces.first })
    }

    @Test func aWholeAnswerWithOddTokensIsToldAnew() async throws {
        let body = """
            {"object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"content":"Four."},\
            "finish_reason":"stop"}],"usage":{"prompt_tokens":1e300,"completion_tokens":-4}}
            """
        let server = try ScriptedSocketServer(.json(body))
        let expert = Sample.expert(Sample.spec(at: server.url))
        let pieces = try await Sample.pieces(of: expert, Self.question, .whole)
        #expect(pieces.originals.isEmpty && pieces.text == "Four." && pieces.finish == .stop)
    }
}

extension [AnswerPiece] {
    /// The events that are handed on, as texts.
    fileprivate var originals: [String] {
        compactMap { if case .original(let event) = $0 { String(decoding: event.bytes, as: UTF8.self) } else { nil } }
    }
}
