import Core
import Testing

/// What OpenAI's own library demands of a response.
struct ResponsesShapeTests {
    private func post(_ members: String, _ service: ScriptedService) async throws -> Reply {
        try await FrontDoor(service).post("/v1/responses", #"{"model": "auto", "input": "x"\#(members)}"#)
    }

    private func events(_ members: String, _ service: ScriptedService) async throws -> [JSONValue] {
        try await post(#", "stream": true\#(members)"#, service).events
    }

    @Test func usageTellsTokensThatWereWrittenToACache() async throws {
        let json = try await post("", ScriptedService()).json
        #expect(
            json["usage"]?["input_tokens_details"]
                == .object(["cached_tokens": .integer(0), "cache_write_tokens": .integer(0)]))
    }

    @Test func aCallWithoutArgumentsHasAnEmptyObject() async throws {
        var answer = Samples.answer
        answer.finish = .toolCalls
        answer.text = ""
        answer.calls = [ToolCall(id: "c", name: "f", arguments: "")]
        let json = try await post("", ScriptedService(answer: answer)).json
        #expect(json["output"]?.elements?.first?["arguments"]?.text == "{}")
        let call = ToolCallFragment(index: 0, id: "c", name: "f")
        let events = try await events("", ScriptedService([.piece(.call(call))], answer: answer))
        #expect(events.compactMap { $0["delta"]?.text } == ["{}"])
        #expect(
            events.first { $0["type"]?.text == "response.function_call_arguments.done" }?["arguments"]?.text == "{}")
        #expect(events.last?["response"]?["output"]?.elements?.first?["arguments"]?.text == "{}")
    }

    @Test func probabilitiesStandInTheEventOfTheirText() async throws {
        func token(_ text: String) -> JSONValue { .object(["token": .string(text), "logprob": .number(-0.5)]) }
        let steps: [ScriptedService.Step] = [
            .piece(.text("For")), .piece(.probabilities([token("For")])), .piece(.text("ty")),
            .piece(.probabilities([token("t"), token("y")])), .piece(.text("-")), .piece(.text("two")),
        ]
        let asked = #", "include": ["message.output_text.logprobs"]"#
        for members in [asked, ""] {
            let deltas = try await events(members, ScriptedService(steps)).filter {
                $0["type"]?.text == "response.output_text.delta"
            }
            #expect(deltas.compactMap { $0["delta"]?.text }.joined() == "Forty-two")
            let told = deltas.compactMap { $0["logprobs"] }
            #expect(told.flatMap { $0.elements ?? [] } == [token("For"), token("t"), token("y")])
            guard members == asked else { continue }
            #expect(deltas.map { $0["delta"]?.text } == ["For", "ty", "-", "two"])
            #expect(told[1] == .array([token("t"), token("y")]) && told[2] == .array([]))
        }
    }

    @Test func theLastTextIsToldBeforeAFailure() async throws {
        let service = ScriptedService([.piece(.text("For")), .fails(Fault(.expertCutOff, "general", "it broke off"))])
        let events = try await events(#", "include": ["message.output_text.logprobs"]"#, service)
        #expect(events.compactMap { $0["delta"]?.text } == ["For"])
    }

    @Test(arguments: [
        (Fault.Code.expertCutOff, "server_error"), (.expertLimited, "rate_limit_exceeded"),
        (.unsupported, "invalid_prompt"), (.overBudget, "server_error"),
    ])
    func aFailedResponseHasACodeOfOpenAIsListAndOursBesideIt(_ code: Fault.Code, _ theirs: String) async throws {
        let service = ScriptedService([.piece(.text("For")), .fails(Fault(code, "general", "it broke off"))])
        let events = try await events("", service)
        let error = events.last?["response"]?["error"]
        #expect(error?["code"]?.text == theirs)
        #expect(error?["muster"]?["code"]?.text == code.rawValue)
        #expect(error?["message"]?.text == "general: it broke off.")
        #expect(events.dropLast().last?["code"]?.text == code.rawValue, "the event before it may say what it likes")
    }
}
