import Core
import Experts
import Testing

struct OllamaConversationTests {
    private func body(_ question: Question) throws -> JSONValue {
        try OllamaWire(spec: Sample.spec(.ollama)).request(question, delivery: .whole).json
    }

    private static func call(_ id: String, _ name: String) -> Message.Part {
        .call(ToolCall(id: id, name: name, arguments: "{}"))
    }

    private static func result(_ id: String, _ text: String) -> Message {
        Message(role: .tool, parts: [.text(text)], answeredCall: id)
    }

    @Test func everyResultSaysWhichToolWasCalled() throws {
        let question = Question(messages: [
            Message(role: .assistant, parts: [Self.call("c1", "add"), Self.call("c2", "sub")]),
            Self.result("c2", "-1"), Self.result("c1", "3"), Message(role: .assistant, parts: [Self.call("c1", "now")]),
            Self.result("c1", "noon"), Self.result("c9", "?"),
        ])
        let calls = [
            #"{"function":{"arguments":{},"name":"add"}}"#, #"{"function":{"arguments":{},"name":"sub"}}"#,
            #"{"function":{"arguments":{},"name":"now"}}"#,
        ]
        #expect(
            JSONText.of(try body(question)["messages"] ?? .null) == """
                [{"content":"","role":"assistant","tool_calls":[\(calls[0]),\(calls[1])]},\
                {"content":"-1","role":"tool","tool_name":"sub"},{"content":"3","role":"tool","tool_name":"add"},\
                {"content":"","role":"assistant","tool_calls":[\(calls[2])]},\
                {"content":"noon","role":"tool","tool_name":"now"},{"content":"?","role":"tool"}]
                """)
    }

    @Test(
        arguments: [
            (nil, ["add", "sub"]), (.automatic, ["add", "sub"]), (.required, ["add", "sub"]), (ToolChoice.none, nil),
            (.named("sub"), ["sub"]),
        ] as [(ToolChoice?, [String]?)])
    func onlyToolsThatMayBeCalledAreOffered(_ choice: ToolChoice?, names: [String]?) throws {
        var question = Question("?")
        question.output = OutputWishes(tools: [Tool(name: "add"), Tool(name: "sub")], toolChoice: choice)
        let tools = try body(question)["tools"]?.elements
        #expect(tools?.map { $0["function"]?["name"]?.text } == names)
    }
}
