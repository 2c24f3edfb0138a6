import Core
import Support
import Testing

struct ResponsesRouteTests {
    private func post(_ members: String, _ door: FrontDoor = FrontDoor()) async throws -> Reply {
        try await door.post("/v1/responses", #"{"model": "auto", \#(members)}"#)
    }

    @Test func anAnswerIsAResponseWithItsItems() async throws {
        let answer = Answer(
            expert: "general", text: "42", reasoning: "Six sevens",
            calls: [ToolCall(id: "c1", name: "f", arguments: "{}")], finish: .toolCalls,
            usage: Usage(promptTokens: 7, completionTokens: 3, cachedTokens: 2))
        let reply = try await post(
            #""input": "6 * 7?", "instructions": "Be brief.", "temperature": 0.5"#,
            FrontDoor(ScriptedService(answer: answer)))
        let json = try reply.json
        #expect(json["id"]?.text == "resp_" + Samples.trace.id)
        #expect(json["object"]?.text == "response")
        #expect(json["status"]?.text == "completed")
        #expect(json["instructions"]?.text == "Be brief.")
        #expect(json["temperature"]?.double == 0.5)
        #expect(json["store"] == .bool(false))
        let items = try #require(json["output"]?.elements)
        #expect(items.map { $0["type"]?.text } == ["reasoning", "message", "function_call"])
        #expect(items[0]["content"]?.elements?.first?["text"]?.text == "Six sevens")
        #expect(items[1]["content"]?.elements?.first?["text"]?.text == "42")
        #expect(items[2]["call_id"]?.text == "c1")
        #expect(Set(items.map { $0["id"]?.text }).count == 3)
        #expect(json["usage"]?["total_tokens"]?.whole == 10)
        #expect(json["usage"]?["input_tokens_details"]?["cached_tokens"]?.whole == 2)
    }

    @Test func aCutAnswerIsIncomplete() async throws {
        var answer = Samples.answer
        answer.finish = .length
        let json = try await post(#""input": "x""#, FrontDoor(ScriptedService(answer: answer))).json
        #expect(json["status"]?.text == "incomplete")
        #expect(json["incomplete_details"]?["reason"]?.text == "max_output_tokens")
    }

    @Test func itemsBecomeAConversation() async throws {
        let door = FrontDoor()
        let reply = try await post(
            """
            "instructions": "Be brief.", "max_output_tokens": 9, "reasoning": {"effort": "low"},
            "text": {"format": {"type": "json_schema", "name": "n", "schema": {"type": "object"}, "strict": true}},
            "tools": [{"type": "function", "name": "f", "parameters": {"type": "object"}, "strict": true}],
            "tool_choice": {"type": "function", "name": "f"}, "include": ["message.output_text.logprobs"],
            "input": [
              {"role": "user", "content": [{"type": "input_text", "text": "Look"},
                {"type": "input_image", "image_url": "https://example.org/a.png", "detail": "auto"}]},
              {"type": "reasoning", "id": "rs_1", "summary": []},
              {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "I call."}]},
              {"type": "function_call", "call_id": "a", "name": "f", "arguments": "{}"},
              {"type": "function_call", "call_id": "b", "name": "f", "arguments": "{}"},
              {"type": "function_call_output", "call_id": "a", "output": "1"},
              {"type": "function_call_output", "call_id": "b", "output": [{"type": "input_text", "text": "2"}]}]
            """, door)
        #expect(reply.status == 200, "\(reply.body)")
        let question = try #require(door.service.asked.first).question
        func call(_ id: String) -> Message.Part { .call(ToolCall(id: id, name: "f", arguments: "{}")) }
        #expect(
            question.messages == [
                Message(.system, "Be brief."),
                Message(role: .user, parts: [.text("Look"), .image(url: "https://example.org/a.png")]),
                Message(role: .assistant, parts: [.text("I call."), call("a"), call("b")]),
                Message(role: .tool, parts: [.text("1")], answeredCall: "a"),
                Message(role: .tool, parts: [.text("2")], answeredCall: "b"),
            ])
        #expect(question.sampling.maximumTokens == 9)
        #expect(question.extra == ["reasoning_effort": .string("low")])
        #expect(question.output.toolChoice == .named("f"))
        #expect(question.output.tokenProbabilities == 0)
        #expect(
            question.output.form
                == .schema(name: "n", schema: .object(["type": .string("object")]), isStrict: true))
    }

    @Test(arguments: [
        (#""input": "x", "store": true"#, "store"), (#""input": "x", "background": true"#, "background"),
        (#""input": "x", "previous_response_id": "resp_1""#, "previous_response_id"),
        (#""input": "x", "tools": [{"type": "web_search"}]"#, "tools[0].type"),
        (#""input": [{"type": "item_reference", "id": "x"}]"#, "input[0].type"), (#""input": []"#, "input"),
        (#""input": 7"#, "input"), (#""temperature": 1"#, "input"),
        (#""input": "x", "max_output_tokens": 0"#, "max_output_tokens"),
    ])
    func whatCannotBeDoneIsRefusedByName(_ members: String, _ place: String) async throws {
        let reply = try await post(members)
        #expect(reply.status == 400)
        #expect(reply.refusal?.param == place, "\(reply.body)")
    }

    @Test func someOfTheToolsMayBeAllowed() async throws {
        let door = FrontDoor()
        let reply = try await post(
            """
            "input": "x", "tools": [{"type": "function", "name": "f"}, {"type": "function", "name": "g"}],
            "tool_choice": {"type": "allowed_tools", "mode": "auto", "tools": [{"type": "function", "name": "g"}]}
            """, door)
        let output = try #require(door.service.asked.first).question.output
        #expect(output.tools.map(\.name) == ["g"] && output.toolChoice == .automatic)
        #expect(try reply.json["tools"]?.elements?.count == 2 && reply.json["tool_choice"]?["mode"]?.text == "auto")
    }

    @Test func aStreamNumbersItsEventsAndEndsWithTheWholeResponse() async throws {
        var answer = Samples.answer
        answer.finish = .toolCalls
        let door = FrontDoor(
            ScriptedService(
                [
                    .piece(.reasoning("Hm")), .piece(.text("Forty")), .piece(.text("-two")),
                    .piece(.call(ToolCallFragment(index: 0, id: "c1", name: "f"))),
                    .piece(.call(ToolCallFragment(index: 0, arguments: "{}"))),
                ], answer: answer))
        let body = try await post(#""input": "x", "stream": true"#, door).body
        let events = try body.split(separator: "\n\n").map { event in
            let lines = event.split(separator: "\n")
            let json = try JSONReader.read(Array(lines[1].dropFirst("data: ".count).utf8))
            #expect(lines[0] == "event: \(json["type"]?.text ?? "")")
            return json
        }
        #expect(
            events.compactMap { $0["type"]?.text } == [
                "response.created", "response.in_progress", "response.output_item.added",
                "response.content_part.added", "response.reasoning_text.delta", "response.reasoning_text.done",
                "response.content_part.done", "response.output_item.done", "response.output_item.added",
                "response.content_part.added", "response.output_text.delta", "response.output_text.delta",
                "response.output_text.done", "response.content_part.done", "response.output_item.done",
                "response.output_item.added", "response.function_call_arguments.delta",
                "response.function_call_arguments.done", "response.output_item.done", "response.completed",
            ])
        #expect(events.compactMap { $0["sequence_number"]?.whole } == Array(0..<events.count))
        #expect(events[12]["text"]?.text == "Forty-two")
        let output = try #require(events.last?["response"]?["output"]?.elements)
        #expect(output.map { $0["type"]?.text } == ["reasoning", "message", "function_call"])
        #expect(output[2] == events[18]["item"])
        #expect(output[1]["id"] == events[10]["item_id"])
    }

    @Test func aFaultInMidStreamIsAnErrorAndAFailedResponse() async throws {
        let fault = Fault(.expertCutOff, "general", "it broke off")
        let door = FrontDoor(ScriptedService([.piece(.text("For")), .fails(fault)]))
        let body = try await post(#""input": "x", "stream": true"#, door).body
        #expect(body.contains(#"{"type":"error","sequence_number":5,"code":"expert_cut_off""#), "\(body)")
        #expect(body.contains(#""type":"response.failed""#) && !body.contains("response.completed"))
    }
}
