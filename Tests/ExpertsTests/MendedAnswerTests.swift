import Core
import Support
import Testing

/// An answer in which something has to be put right keeps everything else that its server said.
struct MendedAnswerTests {
    /// As a client of the same format asks it.
    private static func question(isStreamed: Bool) throws -> Question {
        let body = Array(#"{"model":"a","stream":\#(isStreamed)}"#.utf8)
        var question = Question("2 + 2?")
        question.original = OriginalBody(body, members: try JSONReader.readPlaces(body).members)
        return question
    }

    private static func streamed(_ events: [String]) async throws -> [AnswerPiece] {
        let server = try ScriptedSocketServer(.events(events + ["[DONE]"]))
        return try await Sample.pieces(of: Sample.expert(Sample.spec(at: server.url)), question(isStreamed: true))
    }

    private static func whole(_ body: String) async throws -> [AnswerPiece] {
        let server = try ScriptedSocketServer(.json(body))
        return try await Sample.pieces(
            of: Sample.expert(Sample.spec(at: server.url)), question(isStreamed: false), .whole)
    }

    private static let head = #""id":"up","object":"chat.completion.chunk","created":1,"model":"m""#
    private static let more = #""service_tier":"default","system_fingerprint":"fp_1""#

    private static func chunk(_ calls: String) -> String {
        #"{\#(head),"choices":[{"index":0,"delta":{"tool_calls":[\#(calls)]},"finish_reason":null}],\#(more)}"#
    }

    /// The same, with its choices written in name order.
    private static func mended(_ calls: String) -> String {
        #"{\#(head),"choices":[{"delta":{"tool_calls":[\#(calls)]},"finish_reason":null,"index":0}],\#(more)}"#
    }

    @Test func aWholeAnswerKeepsWhatIsNotMended() async throws {
        let pieces = try await Self.whole(
            """
            {"id":"up", "object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":\
            {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"add",\
            "arguments":"{}"},"extra_content":{"google":{"thought_signature":"s"}}}]},"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,\
            "completion_tokens_details":{"reasoning_tokens":1}},\(Self.more)}
            """)
        #expect(
            pieces.originals == [
                """
                {"id":"up","object":"chat.completion","created":1,"model":"m","choices":[{"finish_reason":"tool_calls",\
                "index":0,"message":{"content":null,"role":"assistant","tool_calls":[{"extra_content":\
                {"google":{"thought_signature":"s"}},"function":{"arguments":"{}","name":"add"},"id":"c1",\
                "type":"function"}]}}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,\
                "completion_tokens_details":{"reasoning_tokens":1}},\(Self.more)}
                """
            ])
        #expect(pieces.understood.finish == .toolCalls)
    }

    @Test func onlyTheFinishOfAStreamIsMended() async throws {
        let call = Self.chunk(
            #"{"index":0,"id":"c1","type":"function","function":{"name":"add","arguments":"{}"},"extra_content":{"x":1}}"#
        )
        let done = #"{\#(Self.head),"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],\#(Self.more)}"#
        let tokens = #"{\#(Self.head),"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}"#
        #expect(
            try await Self.streamed([call, done, tokens]).originals == [
                call,
                #"{\#(Self.head),"choices":[{"delta":{},"finish_reason":"tool_calls","index":0}],\#(Self.more)}"#,
                tokens,
            ])
    }

    @Test func everyPartOfACallGoesUnderItsOwnIndex() async throws {
        let first = Self.chunk(
            #"{"index":0,"id":"c1","type":"function","function":{"name":"add","arguments":"{}"}}"#)
        let pieces = try await Self.streamed([
            first,
            Self.chunk(
                #"{"index":0,"id":"c2","type":"function","function":{"name":"sub","arguments":""},"extra_content":7}"#),
            Self.chunk(#"{"index":0,"function":{"arguments":"{}"}}"#),
            #"{\#(Self.head),"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
        ])
        #expect(
            pieces.originals == [
                first,
                Self.mended(
                    #"{"extra_content":7,"function":{"arguments":"","name":"sub"},"id":"c2","index":1,"type":"function"}"#
                ),
                Self.mended(#"{"function":{"arguments":"{}"},"index":1}"#),
                #"{\#(Self.head),"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
            ])
    }

    /// The id as `CallIDsTests` has it worked out, for another question.
    @Test func aCallWithoutIDAndTypeGetsThemAndArgumentsBecomeText() async throws {
        let pieces = try await Self.streamed([
            Self.chunk(#"{"id":"","function":{"name":"add","arguments":{"a":1}},"extra_content":null}"#),
            #"{\#(Self.head),"choices":[{"index":0,"delta":{},"finish_reason":"eos"}],\#(Self.more)}"#,
        ])
        #expect(
            pieces.originals == [
                Self.mended(
                    #"{"extra_content":null,"function":{"arguments":"{\"a\":1}","name":"add"},"id":"call_d600233b83b2c0275c9d639b","index":0,"type":"function"}"#
                ),
                #"{\#(Self.head),"choices":[{"delta":{},"finish_reason":"tool_calls","index":0}],\#(Self.more)}"#,
            ])
        let call = ToolCallFragment(
            index: 0, id: "call_d600233b83b2c0275c9d639b", name: "add", arguments: #"{"a":1}"#)
        #expect(pieces.understood == [.call(call), .finish(.toolCalls)])
    }

    @Test func anIDThatChangesOnTheWayIsToldOnce() async throws {
        let first = Self.chunk(#"{"index":0,"id":"c1","type":"function","function":{"name":"add","arguments":""}}"#)
        let same = Self.chunk(#"{"index":0,"id":"c1","function":{"arguments":"{"}}"#)
        let pieces = try await Self.streamed([
            first, same, Self.chunk(#"{"index":0,"id":"c2","function":{"arguments":"}"}}"#),
            #"{\#(Self.head),"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
        ])
        #expect(
            pieces.originals.dropLast()
                == [first, same, Self.mended(#"{"function":{"arguments":"}"},"index":0}"#)])
    }

    @Test func whatAClientCannotReadIsStillToldAnew() async throws {
        // No `created`: mending a call does not make it a chunk.
        let call = #"{"index":0,"function":{"name":"add","arguments":"{}"}}"#
        let pieces = try await Self.streamed([
            #"{"object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"tool_calls":[\#(call)]}}]}"#,
            #"{\#(Self.head),"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
        ])
        #expect(pieces.originals.count == 1 && pieces.count == 2)
        #expect(pieces.understood.first == pieces.first)
    }
}

extension [AnswerPiece] {
    /// The events that are handed on, as texts.
    fileprivate var originals: [String] {
        compactMap { if case .original(let event) = $0 { String(decoding: event.bytes, as: UTF8.self) } else { nil } }
    }

    /// The same without anybody's own bytes.
    fileprivate var understood: [AnswerPiece] {
        flatMap { if case .original(let event) = $0 { event.pieces } else { [$0] } }
    }
}
