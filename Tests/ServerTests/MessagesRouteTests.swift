import Core
import HTTPTypes
import Server
import Support
import Testing

struct MessagesRouteTests {
    /// A question in Anthropic's format with more members, each written as JSON.
    private static func body(_ members: String = "", messages: String? = nil, model: String = "auto") -> String {
        let more = members.isEmpty ? "" : ", " + members
        let messages = messages ?? #"[{"role": "user", "content": "6 * 7?"}]"#
        return #"{"model": "\#(model)", "max_tokens": 50, "messages": \#(messages)\#(more)}"#
    }

    private func post(_ body: String, _ door: FrontDoor = FrontDoor()) async throws -> Reply {
        try await door.post("/v1/messages", body)
    }

    private func asked(_ body: String) async throws -> Question {
        let door = FrontDoor()
        let reply = try await post(body, door)
        #expect(reply.status == 200, "\(reply.body)")
        return try #require(door.service.asked.first).question
    }

    @Test func anAnswerIsAMessageInAnthropicsShape() async throws {
        let reply = try await post(Self.body())
        #expect(
            reply.body
                == #"{"id":"msg_0123456789abcdef0123456789abcdef","type":"message","role":"assistant","model":"auto","#
                + #""content":[{"type":"text","text":"Forty-two","citations":null}],"stop_reason":"end_turn","#
                + #""stop_sequence":null,"usage":{"input_tokens":7,"cache_creation_input_tokens":0,"#
                + #""cache_read_input_tokens":0,"output_tokens":3}}"#)
        #expect(reply.header("request-id") == Samples.trace.id)
        #expect(reply.header("x-muster-seed") == "77")
    }

    @Test func thinkingCallsAndCachedTokensHaveTheirPlaces() async throws {
        let answer = Answer(
            expert: "general", text: "Let me look.", reasoning: "Hm",
            calls: [ToolCall(id: "c1", name: "weather", arguments: #"{"city": "Oslo"}"#)], finish: .toolCalls,
            usage: Usage(promptTokens: 10, completionTokens: 4, cachedTokens: 6))
        let json = try await post(Self.body(), FrontDoor(ScriptedService(answer: answer))).json
        #expect(json["content"]?.elements?.map { $0["type"]?.text } == ["thinking", "text", "tool_use"])
        #expect(json["content"]?.elements?.last?["input"]?["city"]?.text == "Oslo")
        #expect(json["stop_reason"]?.text == "tool_use")
        #expect(json["usage"]?["input_tokens"]?.whole == 4)
        #expect(json["usage"]?["cache_read_input_tokens"]?.whole == 6)
    }

    @Test func aCallWhoseArgumentsAreNoObjectIsTheExpertsFault() async throws {
        let answer = Answer(
            expert: "general", text: "", calls: [ToolCall(id: "c", name: "f", arguments: "[1")], finish: .toolCalls)
        let reply = try await post(Self.body(), FrontDoor(ScriptedService(answer: answer)))
        #expect(reply.status == 502)
        #expect(try reply.json["error"]?["type"]?.text == "api_error")
    }

    @Test func everyBlockOfAConversationIsRead() async throws {
        let question = try await asked(
            Self.body(
                """
                "system": [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}],
                "stop_sequences": ["END"], "temperature": 0.5, "top_p": 0.9, "top_k": 5,
                "metadata": {"user_id": "u1"}, "thinking": {"type": "enabled", "budget_tokens": 1024},
                "tools": [{"name": "weather", "description": "d", "input_schema": {"type": "object"}}],
                "tool_choice": {"type": "any", "disable_parallel_tool_use": true}
                """,
                messages: """
                    [{"role": "user", "content": [{"type": "text", "text": "See"},
                       {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"}}]},
                     {"role": "assistant", "content": [{"type": "thinking", "thinking": "hm", "signature": "s"},
                       {"type": "text", "text": "I look."},
                       {"type": "tool_use", "id": "t1", "name": "weather", "input": {"city": "Oslo"}}]},
                     {"role": "user", "content": [
                       {"type": "tool_result", "tool_use_id": "t1", "is_error": true, "content": "no net"},
                       {"type": "text", "text": "And now?"}]}]
                    """))
        #expect(
            question.messages == [
                Message(.system, "Be brief."),
                Message(role: .user, parts: [.text("See"), .image(url: "data:image/png;base64,AAAA")]),
                Message(
                    role: .assistant,
                    parts: [
                        .text("I look."),
                        .call(ToolCall(id: "t1", name: "weather", arguments: #"{"city":"Oslo"}"#)),
                    ]),
                Message(role: .tool, parts: [.text("The call failed: "), .text("no net")], answeredCall: "t1"),
                Message(role: .user, parts: [.text("And now?")]),
            ])
        #expect(
            question.sampling == Sampling(temperature: 0.5, topP: 0.9, maximumTokens: 50, stop: ["END"]))
        #expect(question.extra == ["top_k": .integer(5), "user": .string("u1")])
        #expect(question.output.tools.map(\.name) == ["weather"])
        #expect(question.output.toolChoice == .required)
        #expect(question.output.parallelCalls == false)
        #expect(question.original == nil)
    }

    @Test(arguments: [
        (#""max_tokens": 0"#, "max_tokens"), (#""temperature": 1.5"#, "temperature"),
        (#""stop_sequences": "END""#, "stop_sequences"),
        (#""tools": [{"type": "bash_20250124", "name": "bash"}]"#, "tools[0].type"),
        (#""tool_choice": {"type": "tool", "name": "x"}"#, "tool_choice.name"),
        (#""mcp_servers": [{"url": "u"}]"#, "mcp_servers"), (#""system": [{"type": "image"}]"#, "system[0].type"),
        (#""muster": {"sead": 1}"#, "muster.sead"),
    ])
    func whatIsWrongIsNamedInAnthropicsShape(_ members: String, _ place: String) async throws {
        let reply = try await post(Self.body(members))
        #expect(reply.status == 400)
        let json = try reply.json
        #expect(json["type"]?.text == "error")
        #expect(json["error"]?["type"]?.text == "invalid_request_error")
        #expect(json["error"]?["message"]?.text?.hasPrefix(place + ": ") == true, "\(reply.body)")
        #expect(json["request_id"]?.text == reply.header("request-id"))
    }

    @Test(arguments: [
        #"[{"role": "user", "content": [{"type": "document", "source": {"type": "base64", "data": ""}}]}]"#,
        #"[{"role": "user", "content": [{"type": "tool_use", "id": "a", "name": "b"}]}]"#,
        #"[{"role": "tool", "content": "x"}]"#, "[]", "[7]", #"[{"role": "user"}]"#,
        #"[{"role": "user", "content": [{"type": "image", "source": {"type": "file", "file_id": "f"}}]}]"#,
    ])
    func blocksThatNobodyCouldReadAreRefused(_ messages: String) async throws {
        #expect(try await post(Self.body(messages: messages)).status == 400)
    }

    @Test func theLimitOfTokensIsRequiredButNotForCounting() async throws {
        let body = #"{"model": "auto", "messages": [{"role": "user", "content": "twelve bytes"}]}"#
        #expect(try await post(body).status == 400)
        let counted = try await FrontDoor().post("/v1/messages/count_tokens", body)
        // 12 bytes are 3 tokens, and 4 for the turn.
        #expect(counted.body == #"{"input_tokens":7}"#)
        let unknown = try await FrontDoor().post(
            "/v1/messages/count_tokens", #"{"model": "auti", "messages": [{"role": "user", "content": "x"}]}"#)
        #expect(unknown.status == 404)
        #expect(try unknown.json["error"]?["type"]?.text == "not_found_error")
    }

    @Test func aKeyMayComeAsAnthropicsLibrariesSendIt() async throws {
        let door = FrontDoor(options: ServiceOptions(keys: ["open-sesame"]))
        let none = try await post(Self.body(), door)
        #expect(none.status == 401)
        #expect(try none.json["error"]?["type"]?.text == "authentication_error")
        let name = try #require(HTTPField.Name("x-api-key"))
        #expect(try await door.post("/v1/messages", Self.body(), headers: [name: "wrong"]).status == 401)
        #expect(try await door.post("/v1/messages", Self.body(), headers: [name: "open-sesame"]).status == 200)
    }

    // MARK: Streams

    private static func event(_ type: String, _ members: String = "") -> String {
        "event: \(type)\ndata: {\"type\":\"\(type)\"\(members.isEmpty ? "" : "," + members)}\n\n"
    }

    @Test func aStreamTellsBlocksOneAfterTheOther() async throws {
        var answer = Samples.answer
        answer.finish = .toolCalls
        let door = FrontDoor(
            ScriptedService(
                [
                    .piece(.reasoning("Hm")), .piece(.text("For")), .piece(.text("ty")),
                    .piece(.call(ToolCallFragment(index: 0, id: "c1", name: "f"))),
                    .piece(.call(ToolCallFragment(index: 0, arguments: "{}"))),
                ], answer: answer))
        let reply = try await post(Self.body(#""stream": true"#), door)
        #expect(reply.header("content-type") == "text/event-stream")
        // 6 bytes of question are one token, and 4 for the turn.
        let start = Self.event(
            "message_start",
            #""message":{"id":"msg_0123456789abcdef0123456789abcdef","type":"message","role":"assistant","#
                + #""model":"auto","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":5,"#
                + #""cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}"#)
        func delta(_ index: Int, _ delta: String) -> String {
            Self.event("content_block_delta", #""index":\#(index),"delta":\#(delta)"#)
        }
        func begin(_ index: Int, _ block: String) -> String {
            Self.event("content_block_start", #""index":\#(index),"content_block":\#(block)"#)
        }
        func end(_ index: Int) -> String { Self.event("content_block_stop", #""index":\#(index)"#) }
        let expected = [
            start, begin(0, #"{"type":"thinking","thinking":"","signature":""}"#),
            delta(0, #"{"type":"thinking_delta","thinking":"Hm"}"#), end(0),
            begin(1, #"{"type":"text","text":"","citations":null}"#), delta(1, #"{"type":"text_delta","text":"For"}"#),
            delta(1, #"{"type":"text_delta","text":"ty"}"#), end(1),
            begin(2, #"{"type":"tool_use","id":"c1","name":"f","input":{}}"#),
            delta(2, #"{"type":"input_json_delta","partial_json":"{}"}"#), end(2),
            Self.event(
                "message_delta",
                #""delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":7,"#
                    + #""cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":3}"#),
            Self.event("message_stop"),
        ]
        #expect(reply.body == expected.joined())
    }

    @Test func aFaultInMidStreamIsAnErrorEvent() async throws {
        let fault = Fault(.expertCutOff, "general", "it broke off")
        let door = FrontDoor(ScriptedService([.piece(.text("For")), .fails(fault)]))
        let body = try await post(Self.body(#""stream": true"#), door).body
        #expect(
            body.hasSuffix(
                "event: error\ndata: "
                    + #"{"type":"error","error":{"type":"api_error","message":"general: it broke off."}}"#
                    + "\n\n"))
        #expect(!body.contains("message_stop"))
    }

    @Test func moreOfACallThatHasEndedIsToldAsAFault() async throws {
        let door = FrontDoor(
            ScriptedService([
                .piece(.call(ToolCallFragment(index: 0, id: "a", name: "f", arguments: "{}"))),
                .piece(.call(ToolCallFragment(index: 1, id: "b", name: "g"))),
                .piece(.call(ToolCallFragment(index: 0, arguments: "{}"))),
            ]))
        let body = try await post(Self.body(#""stream": true"#), door).body
        #expect(body.contains("more of a call came after its arguments had ended"))
        #expect(!body.contains("message_stop"))
    }
}
