import Core
import Testing

/// What an expert of the client's own format says reaches the client as it was sent.
struct PassedOnAnswerTests {
    private static let id = "chatcmpl-0123456789abcdef0123456789abcdef"

    private func event(_ json: String, _ pieces: [AnswerPiece]) throws -> AnswerPiece {
        let bytes = Array(json.utf8)
        return .original(
            OriginalEvent(bytes: bytes, members: try JSONReader.readPlaces(bytes).members, pieces: pieces))
    }

    private func original(_ json: String) throws -> OriginalBody {
        let bytes = Array(json.utf8)
        return OriginalBody(bytes, members: try JSONReader.readPlaces(bytes).members)
    }

    private func stream(_ pieces: [AnswerPiece], members: String = "", answer: Answer = Samples.answer) async throws
        -> String
    {
        let door = FrontDoor(ScriptedService(pieces.map { .piece($0) }, answer: answer))
        return try await door.chat(Samples.chat(#""stream": true"# + members)).body
    }

    @Test func aWholeAnswerIsHandedOnButForItsID() async throws {
        var answer = Samples.answer
        answer.original = try original(
            #"{"id":"theirs", "choices":[{"index":0,"message":{"content":"x","new":1.0}}],"usage":{"cost":0.1}}"#)
        let reply = try await FrontDoor(ScriptedService(answer: answer)).chat()
        #expect(
            reply.body
                == #"{"id":"\#(Self.id)","choices":[{"index":0,"message":{"content":"x","new":1.0}}],"usage":{"cost":0.1}}"#
        )
    }

    @Test func theTraceIsAddedWhenItIsToBeTold() async throws {
        var answer = Samples.answer
        answer.original = try original(#"{"id":"theirs","choices":[]}"#)
        let json = try await FrontDoor(ScriptedService(answer: answer)).chat(
            Samples.chat(#""muster":{"explain":true}"#)
        )
        .json
        #expect(json["muster"]?["trace"]?["route"] == .string("auto") && json["choices"] == .array([]))
    }

    @Test func eventsAreHandedOnAndTokensToldOnce() async throws {
        let events = [
            try event(#"{"id":"t","choices":[{"index":0,"delta":{"role":"assistant","extra":1}}],"usage":null}"#, []),
            try event(#"{"id":"t","choices":[{"index":0,"delta":{"content":"x"}}]}"#, [.text("x")]),
            try event(
                #"{"id":"t","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}"#,
                [.finish(.stop), .usage(Usage(promptTokens: 1))]),
            try event(
                #"{"id":"t","choices":[ ],"usage":{"prompt_tokens":1,"cost":2}}"#, [.usage(Usage(promptTokens: 1))]),
        ]
        var answer = Samples.answer
        answer.usage = Usage(promptTokens: 1)
        let first = [
            #"data: {"id":"\#(Self.id)","choices":[{"index":0,"delta":{"role":"assistant","extra":1}}],"usage":null}"#,
            #"data: {"id":"\#(Self.id)","choices":[{"index":0,"delta":{"content":"x"}}]}"#,
        ]
        #expect(
            try await stream(events, answer: answer)
                == (first + [
                    #"data: {"id":"\#(Self.id)","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
                    "data: [DONE]", "",
                ]).joined(separator: "\n\n"))
        #expect(
            try await stream(events, members: #","stream_options":{"include_usage":true}"#, answer: answer)
                == (first + [
                    #"data: {"id":"\#(Self.id)","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}"#,
                    #"data: {"id":"\#(Self.id)","choices":[ ],"usage":{"prompt_tokens":1,"cost":2}}"#,
                    "data: [DONE]", "",
                ]).joined(separator: "\n\n"))
    }

    @Test func aStreamThatNeverSaidWhyItEndedGetsAFinish() async throws {
        let text = try await stream([try event(#"{"choices":[{"index":0,"delta":{"content":"x"}}]}"#, [.text("x")])])
        #expect(text.contains(#""finish_reason":"stop"}]}"#))
        #expect(!text.contains(#""role":"assistant""#), "the expert's own events began the answer")
    }

    @Test func callsOfOtherFormatsAreWrittenAsOpenAIs() async throws {
        var answer = Samples.answer
        answer.text = ""
        answer.finish = .toolCalls
        answer.calls = [ToolCall(id: "c1", name: "add", arguments: #"{"a":1}"#)]
        let whole = try await FrontDoor(ScriptedService(answer: answer)).chat()
        #expect(
            whole.body.contains(
                #""message":{"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"c1","type":"function","#
                    + #""function":{"name":"add","arguments":"{\"a\":1}"}}]},"logprobs":null,"finish_reason":"tool_calls""#
            ))
        let streamed = try await stream(
            [
                .call(ToolCallFragment(index: 0, id: "c1", name: "add")),
                .call(ToolCallFragment(index: 0, arguments: #"{"a":1}"#)),
            ], answer: answer)
        #expect(
            streamed.contains(
                #""delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"add","arguments":""}}]}"#
            ))
        #expect(
            streamed.contains(#""delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":1}"}}]}"#))
        #expect(streamed.contains(#""finish_reason":"tool_calls""#))
    }

    @Test func severalAnswersAreSeveralChoices() async throws {
        let door = FrontDoor()
        let json = try await door.chat(Samples.chat(#""n": 3, "seed": 5, "muster": {"seed": 9}"#)).json
        #expect(json["choices"]?.elements?.map { $0["index"] } == [.integer(0), .integer(1), .integer(2)])
        #expect(json["usage"]?["total_tokens"] == .integer(30))
        #expect(door.service.asked.map(\.question.sampling.seed).sorted { ($0 ?? 0) < ($1 ?? 0) } == [5, 6, 7])
        #expect(Set(door.service.asked.map(\.wishes.seed)).count == 3)
        #expect(door.service.asked.allSatisfy { $0.question.sampling.temperature == 1 })
    }

    @Test func severalAnswersComeInOneStreamToo() async throws {
        let text = try await stream([.text("Forty-two")], members: #","n":2,"stream_options":{"include_usage":true}"#)
        for index in 0...1 {
            #expect(text.contains(#"{"index":\#(index),"delta":{"content":"Forty-two"}"#))
            #expect(text.contains(#"{"index":\#(index),"delta":{},"logprobs":null,"finish_reason":"stop"}"#))
        }
        #expect(text.contains(#""total_tokens":20"#) && text.hasSuffix("data: [DONE]\n\n"))
    }
}
