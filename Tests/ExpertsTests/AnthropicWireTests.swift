import Core
import Experts
import Testing

struct AnthropicWireTests {
    private let wire = AnthropicWire(spec: Sample.spec(.anthropic, key: "sk-ant"))

    @Test func asksWithSystemApartAndTurnsMerged() throws {
        let question = Question(
            messages: [
                Message(.system, "Be brief."), Message(.user, "One."), Message(.system, "Be kind."),
                Message(
                    role: .user,
                    parts: [.text(""), .image(url: "data:image/png;base64,QUJD"), .image(url: "https://a/b")]),
                Message(.assistant, "Yes."), Message(.user, "Two."),
            ],
            sampling: Sampling(temperature: 1.5, topP: 0.9, seed: 7, stop: ["END"]), extra: ["user": .string("u")])
        let request = try wire.request(question, delivery: .streamed)
        #expect(request.path == "/messages")
        #expect(
            request.headers == [
                .init(name: "anthropic-version", value: "2023-06-01"), .init(name: "x-api-key", value: "sk-ant"),
            ])
        #expect(
            try WireReading.body(of: request) == """
                {"max_tokens":4096,"messages":[{"content":[{"text":"One.","type":"text"},\
                {"source":{"data":"QUJD","media_type":"image/png","type":"base64"},"type":"image"},\
                {"source":{"type":"url","url":"https://a/b"},"type":"image"}],"role":"user"},\
                {"content":[{"text":"Yes.","type":"text"}],"role":"assistant"},\
                {"content":[{"text":"Two.","type":"text"}],"role":"user"}],"model":"m-1","stop_sequences":["END"],\
                "stream":true,"system":"Be brief.\\n\\nBe kind.","temperature":1,"top_p":0.9}
                """)
    }

    @Test func readsAWholeAnswer() throws {
        let pieces = try WireReading.pieces(
            of: wire,
            whole: """
                {"type":"message","content":[{"type":"thinking","thinking":"2+2","signature":"s"},\
                {"type":"text","text":"Fo"},{"type":"text","text":"ur."}],"stop_reason":"end_turn",\
                "usage":{"input_tokens":5,"cache_read_input_tokens":3,"cache_creation_input_tokens":2,\
                "output_tokens":4}}
                """)
        #expect(
            pieces == [
                .reasoning("2+2"), .text("Fo"), .text("ur."),
                .usage(Usage(promptTokens: 10, completionTokens: 4, cachedTokens: 3)), .finish(.stop),
            ])
    }

    /// The events of one answer in the order that the API sends them.
    static let stream = [
        #"{"type":"message_start","message":{"usage":{"input_tokens":5,"cache_read_input_tokens":3}}}"#,
        #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}"#,
        #"{"type":"ping"}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"xyz"}}"#,
        #"{"type":"content_block_stop","index":0}"#,
        #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Fo"}}"#,
        #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"ur"}}"#,
        #"{"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":4}}"#,
        #"{"type":"message_stop"}"#,
    ]
    static let pieces: [AnswerPiece] = [
        .reasoning("hm"), .text("Fo"), .text("ur"),
        .usage(Usage(promptTokens: 8, completionTokens: 4, cachedTokens: 3)), .finish(.length),
    ]

    @Test func readsAStream() throws {
        let (pieces, end) = try WireReading.pieces(of: wire, events: Self.stream)
        #expect(pieces == Self.pieces)
        #expect(end == .over)
    }

    @Test func tokensOfThePromptMayBeToldAtTheEnd() throws {
        let begin = #"{"type":"message_start","message":{"usage":{"input_tokens":0,"output_tokens":0}}}"#
        let end = #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":4"#
        let told = try WireReading.pieces(
            of: wire, events: [begin, end + #","input_tokens":5,"cache_read_input_tokens":3}}"#])
        #expect(told.pieces.usage == Usage(promptTokens: 8, completionTokens: 4, cachedTokens: 3))
        let untold = try WireReading.pieces(of: wire, events: [Self.stream[0], end + "}}"])
        #expect(untold.pieces.usage == Usage(promptTokens: 8, completionTokens: 4, cachedTokens: 3))
    }

    @Test(arguments: [
        ("end_turn", FinishReason.stop), ("stop_sequence", .stop), ("max_tokens", .length), ("tool_use", .toolCalls),
        ("refusal", .contentFilter), ("model_context_window_exceeded", .length), ("pause_turn", .stop),
    ])
    func mapsReasons(_ said: String, _ meant: FinishReason) throws {
        let pieces = try WireReading.pieces(of: wire, whole: #"{"content":[],"stop_reason":"\#(said)"}"#)
        #expect(pieces == [.finish(meant)])
    }

    @Test func errorsAreFailures() throws {
        let error = #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#
        #expect(throws: WireSurprise.serverError("Overloaded")) { try WireReading.pieces(of: wire, whole: error) }
        #expect(throws: WireSurprise.serverError("Overloaded")) { try WireReading.pieces(of: wire, events: [error]) }
        #expect(throws: WireSurprise.unexpected("sent JSON without content")) {
            try WireReading.pieces(of: wire, whole: "{}")
        }
    }

    @Test func sumsOfUnbelievableCountsDoNoHarm() throws {
        let most = Int.max
        let pieces = try WireReading.pieces(
            of: wire,
            whole: """
                {"content":[],"usage":{"input_tokens":\(most),"cache_read_input_tokens":\(most),\
                "cache_creation_input_tokens":\(most),"output_tokens":\(most)}}
                """)
        #expect((pieces.usage?.totalTokens ?? -1) > 0)
    }
}
