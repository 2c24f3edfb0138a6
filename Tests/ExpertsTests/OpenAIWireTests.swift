import Core
import Experts
import Testing

struct OpenAIWireTests {
    static let conversation = Question(
        messages: [
            Message(.system, "Be brief."),
            Message(role: .user, parts: [.text("What is this?"), .image(url: "data:image/png;base64,QUJD")]),
            Message(.assistant, "A cat."), Message(.user, "Sure?"),
        ],
        sampling: Sampling(temperature: 0.5, topP: 0.9, maximumTokens: 64, seed: 7, stop: ["END"]),
        extra: ["user": .string("u1"), "model": .string("stolen"), "stream": .bool(true)])

    @Test func asksWhole() throws {
        let request = try OpenAIWire(spec: Sample.spec(key: "sk-1")).request(Self.conversation, delivery: .whole)
        #expect(request.path == "/chat/completions")
        #expect(request.headers == [.init(name: "Authorization", value: "Bearer sk-1")])
        #expect(
            try WireReading.body(of: request) == """
                {"max_tokens":64,"messages":[{"content":"Be brief.","role":"system"},\
                {"content":[{"text":"What is this?","type":"text"},\
                {"image_url":{"url":"data:image/png;base64,QUJD"},"type":"image_url"}],"role":"user"},\
                {"content":"A cat.","role":"assistant"},{"content":"Sure?","role":"user"}],"model":"m-1",\
                "seed":7,"stop":["END"],"stream":false,"temperature":0.5,"top_p":0.9,"user":"u1"}
                """)
    }

    @Test func asksForAStreamWithItsUsage() throws {
        let request = try OpenAIWire(spec: Sample.spec()).request(Question("Hi"), delivery: .streamed)
        #expect(request.headers.isEmpty)
        #expect(
            try WireReading.body(of: request) == """
                {"messages":[{"content":"Hi","role":"user"}],"model":"m-1","stream":true,\
                "stream_options":{"include_usage":true}}
                """)
    }

    @Test func theSpecLimitsTheAnswerWhenTheQuestionDoesNot() throws {
        var spec = Sample.spec()
        spec.maximumOutput = 100
        var question = Question("Hi")
        let wire = OpenAIWire(spec: spec)
        #expect(try wire.request(question, delivery: .whole).json["max_tokens"] == .integer(100))
        question.sampling.maximumTokens = 5
        #expect(try wire.request(question, delivery: .whole).json["max_tokens"] == .integer(5))
        question.extra["max_completion_tokens"] = .integer(9)
        let body = try wire.request(question, delivery: .whole).json
        #expect(body["max_tokens"] == nil && body["max_completion_tokens"] == .integer(9))
    }

    @Test func readsAWholeAnswer() throws {
        let pieces = try WireReading.pieces(
            of: OpenAIWire(spec: Sample.spec()),
            whole: """
                {"choices":[{"index":0,"message":{"role":"assistant","content":"Four.","reasoning_content":null,\
                "reasoning":"2+2"},"finish_reason":"length"}],"error":null,\
                "usage":{"prompt_tokens":9,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":4}}}
                """)
        #expect(
            pieces == [
                .reasoning("2+2"), .text("Four."),
                .usage(Usage(promptTokens: 9, completionTokens: 2, cachedTokens: 4)), .finish(.length),
            ])
    }

    @Test func readsAStream() throws {
        let (pieces, end) = try WireReading.pieces(
            of: OpenAIWire(spec: Sample.spec()),
            events: [
                #"{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"#,
                #"{"choices":[{"index":0,"delta":{"reasoning_content":"hm"}}]}"#,
                #"{"choices":[{"index":0,"delta":{"content":"Fo"}}],"usage":null}"#,
                #"{"choices":[{"index":1,"delta":{"content":"another choice"}}]}"#,
                #"{"choices":[{"index":0,"delta":{"content":"ur"}}]}"#,
                #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
                #"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}"#,
            ])
        #expect(
            pieces == [
                .reasoning("hm"), .text("Fo"), .text("ur"), .finish(.stop),
                .usage(Usage(promptTokens: 9, completionTokens: 2)),
            ])
        #expect(end == .finishAnnounced)
    }

    @Test(arguments: [
        ("stop", FinishReason.stop), ("length", .length), ("content_filter", .contentFilter),
        ("tool_calls", .toolCalls), ("function_call", .toolCalls), ("something new", .stop),
    ])
    func mapsReasons(_ said: String, _ meant: FinishReason) throws {
        let pieces = try WireReading.pieces(
            of: OpenAIWire(spec: Sample.spec()),
            whole: #"{"choices":[{"message":{"content":"x"},"finish_reason":"\#(said)"}]}"#)
        #expect(pieces.finish == meant)
    }

    @Test func readsAnswersInPartsAndRefusals() throws {
        let wire = OpenAIWire(spec: Sample.spec())
        let parts = #"{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}"#
        #expect(try WireReading.pieces(of: wire, whole: parts).text == "ab")
        let refusal = #"{"choices":[{"message":{"content":null,"refusal":"I will not."}}]}"#
        #expect(try WireReading.pieces(of: wire, whole: refusal).text == "I will not.")
    }

    @Test func anErrorInsideAGoodResponseIsAFailure() throws {
        let wire = OpenAIWire(spec: Sample.spec())
        #expect(throws: WireSurprise.serverError("no memory")) {
            try WireReading.pieces(of: wire, whole: #"{"error":{"message":"no memory","code":500}}"#)
        }
        #expect(throws: WireSurprise.serverError("no memory")) {
            try WireReading.pieces(of: wire, events: [#"{"error":"no memory"}"#])
        }
        #expect(throws: WireSurprise.unexpected("sent JSON without choices[0].message")) {
            try WireReading.pieces(of: wire, whole: #"{"choices":[]}"#)
        }
    }

    @Test(arguments: ["-5", "9223372036854775807", "1e300", "\"many\"", "null", "[]"])
    func unbelievableCountsDoNoHarm(_ count: String) throws {
        let pieces = try WireReading.pieces(
            of: OpenAIWire(spec: Sample.spec()),
            whole: """
                {"choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":\(count),\
                "completion_tokens":\(count),\
                "prompt_tokens_details":{"cached_tokens":\(count)}}}
                """)
        let usage = pieces.usage ?? Usage()
        #expect((usage + usage + usage).totalTokens >= 0)
    }
}
