import Core
import Experts
import Support
import Testing

/// Tools in the formats of servers that are not OpenAI's.
struct ToolWireTests {
    static let question = Question(
        messages: [
            Message(.user, "1 + 2?"),
            Message(role: .assistant, parts: [.call(ToolCall(id: "c1", name: "add", arguments: #"{"a":1}"#))]),
            Message(role: .tool, parts: [.text("3")], answeredCall: "c1"),
        ],
        output: OutputWishes(
            tools: [Tool(name: "add", summary: "Adds.", parameters: .object(["type": .string("object")]))],
            toolChoice: .required, parallelCalls: false))

    @Test func anthropicIsToldOfToolsAndWhatCameOfThem() throws {
        let request = try AnthropicWire(spec: Sample.spec(.anthropic)).request(Self.question, delivery: .whole)
        #expect(
            try WireReading.body(of: request) == """
                {"max_tokens":4096,"messages":[{"content":[{"text":"1 + 2?","type":"text"}],"role":"user"},\
                {"content":[{"id":"c1","input":{"a":1},"name":"add","type":"tool_use"}],"role":"assistant"},\
                {"content":[{"content":[{"text":"3","type":"text"}],"tool_use_id":"c1","type":"tool_result"}],\
                "role":"user"}],"model":"m-1","stream":false,\
                "tool_choice":{"disable_parallel_tool_use":true,"type":"any"},\
                "tools":[{"description":"Adds.","input_schema":{"type":"object"},"name":"add"}]}
                """)
    }

    @Test func anthropicsCallsAreReadWhole() throws {
        let pieces = try WireReading.pieces(
            of: AnthropicWire(spec: Sample.spec(.anthropic)),
            whole: """
                {"content":[{"type":"text","text":"Let me see."},\
                {"type":"tool_use","id":"t1","name":"add","input":{"a":1}},\
                {"type":"tool_use","id":"t2","name":"now","input":{}}],"stop_reason":"tool_use"}
                """)
        #expect(
            pieces == [
                .text("Let me see."),
                .call(ToolCallFragment(index: 0, id: "t1", name: "add", arguments: #"{"a":1}"#)),
                .call(ToolCallFragment(index: 1, id: "t2", name: "now", arguments: "{}")), .finish(.toolCalls),
            ])
    }

    @Test func anthropicsCallsAreReadFromAStream() throws {
        let (pieces, _) = try WireReading.pieces(
            of: AnthropicWire(spec: Sample.spec(.anthropic)),
            events: [
                #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
                #"{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t1","name":"add","input":{}}}"#,
                #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}"#,
                #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"1}"}}"#,
                #"{"type":"content_block_stop","index":1}"#,
                #"{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t2","name":"now","input":{}}}"#,
                #"{"type":"content_block_stop","index":2}"#,
            ])
        #expect(
            pieces == [
                .call(ToolCallFragment(index: 0, id: "t1", name: "add")),
                .call(ToolCallFragment(index: 0, arguments: #"{"a":"#)),
                .call(ToolCallFragment(index: 0, arguments: "1}")),
                .call(ToolCallFragment(index: 1, id: "t2", name: "now")),
                .call(ToolCallFragment(index: 1, arguments: "{}")),
            ])
    }

    @Test func ollamaIsToldOfToolsAndForms() throws {
        var question = Self.question
        question.output.form = .schema(name: "x", schema: .object(["type": .string("object")]), isStrict: nil)
        let request = try OllamaWire(spec: Sample.spec(.ollama)).request(question, delivery: .whole)
        #expect(
            try WireReading.body(of: request) == """
                {"format":{"type":"object"},"messages":[{"content":"1 + 2?","role":"user"},\
                {"content":"","role":"assistant",\
                "tool_calls":[{"function":{"arguments":{"a":1},"name":"add"}}]},\
                {"content":"3","role":"tool","tool_name":"add"}],\
                "model":"m-1","options":{},"stream":false,"tools":[{"function":{"description":"Adds.","name":"add",\
                "parameters":{"type":"object"}},"type":"function"}]}
                """)
    }

    @Test func ollamasCallsComeWholeAndGetIDs() throws {
        let (pieces, _) = try WireReading.pieces(
            of: OllamaWire(spec: Sample.spec(.ollama)),
            events: [
                #"{"message":{"content":"","tool_calls":[{"function":{"name":"add","arguments":{"a":1}}}]},"done":false}"#,
                #"{"message":{"content":"","tool_calls":[{"function":{"name":"add","arguments":{"a":1}}}]},"done":false}"#,
                #"{"message":{"content":""},"done":true,"done_reason":"stop"}"#,
            ])
        var answer = AnswerAssembly(expert: "a", time: ManualTime().source)
        for piece in pieces { answer.add(piece) }
        let whole = answer.answer(to: Question("?"))
        #expect(whole.finish == .toolCalls)
        #expect(
            whole.calls.map(\.name) == ["add", "add"] && whole.calls.map(\.arguments) == [#"{"a":1}"#, #"{"a":1}"#])
        #expect(Set(whole.calls.map(\.id)).count == 2)
    }

    @Test func openAIIsToldTheSameInItsOwnWords() throws {
        let request = try OpenAIWire(spec: Sample.spec()).request(Self.question, delivery: .whole)
        #expect(
            try WireReading.body(of: request) == """
                {"messages":[{"content":"1 + 2?","role":"user"},{"content":null,"role":"assistant",\
                "tool_calls":[{"function":{"arguments":"{\\"a\\":1}","name":"add"},"id":"c1","type":"function"}]},\
                {"content":"3","role":"tool","tool_call_id":"c1"}],"model":"m-1","parallel_tool_calls":false,\
                "stream":false,"tool_choice":"required","tools":[{"function":{"description":"Adds.","name":"add",\
                "parameters":{"type":"object"}},"type":"function"}]}
                """)
    }
}
