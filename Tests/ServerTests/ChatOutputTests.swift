import Core
import Testing

struct ChatOutputTests {
    private func asked(_ member: String) async throws -> Question {
        let door = FrontDoor()
        let reply = try await door.chat(Samples.chat(member))
        #expect(reply.status == 200, "\(reply.body)")
        return try #require(door.service.asked.first).question
    }

    private static let tool =
        #"{"type":"function","function":{"name":"add","description":"Adds.","parameters":{"type":"object"},"strict":true}}"#

    @Test func toolsAreRead() async throws {
        let output = try await asked(#""tools":[\#(Self.tool)],"tool_choice":"required","parallel_tool_calls":false"#)
            .output
        #expect(
            output.tools == [
                Tool(
                    name: "add", summary: "Adds.", parameters: .object(["type": .string("object")]), isStrict: true)
            ])
        #expect(output.toolChoice == .required && output.parallelCalls == false)
    }

    @Test func aToolIsChosenByName() async throws {
        let choice = #"{"type":"function","function":{"name":"add"}}"#
        #expect(
            try await asked(#""tools":[\#(Self.tool)],"tool_choice":\#(choice)"#).output.toolChoice == .named("add"))
    }

    private static func allowed(_ mode: String, _ names: String...) -> String {
        let tools = names.map { #"{"type":"function","function":{"name":"\#($0)"}}"# }.joined(separator: ",")
        return #"{"type":"allowed_tools","allowed_tools":{"mode":"\#(mode)","tools":[\#(tools)]}}"#
    }

    @Test(arguments: [("auto", ToolChoice.automatic), ("required", .required)])
    func someOfTheToolsMayBeAllowed(_ mode: String, _ choice: ToolChoice) async throws {
        let members =
            #""tools":[\#(Self.tool),{"function":{"name":"sub"}}],"tool_choice":\#(Self.allowed(mode, "sub"))"#
        let question = try await asked(members)
        #expect(question.output.tools.map(\.name) == ["sub"] && question.output.toolChoice == choice)
        let body = try #require(question.original)
        #expect(
            String(decoding: body.bytes, as: UTF8.self).contains(members), "an expert of this format gets it as it is")
    }

    @Test(arguments: [
        (#"{"type":"json_object"}"#, AnswerForm.json),
        (
            #"{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object"},"strict":true}}"#,
            .schema(name: "x", schema: .object(["type": .string("object")]), isStrict: true)
        ),
        (
            #"{"type":"json_object","schema":{"type":"array"}}"#,
            .schema(name: "answer", schema: .object(["type": .string("array")]), isStrict: nil)
        ),
    ])
    func formsAreRead(_ format: String, form: AnswerForm) async throws {
        #expect(try await asked(#""response_format":\#(format)"#).output.form == form)
    }

    @Test func probabilitiesAreAskedFor() async throws {
        #expect(try await asked(#""logprobs":true"#).output.tokenProbabilities == 0)
        #expect(try await asked(#""logprobs":true,"top_logprobs":20"#).output.tokenProbabilities == 20)
        #expect(try await asked(#""logprobs":false,"top_logprobs":0"#).output.tokenProbabilities == nil)
    }

    @Test func aConversationWithCallsIsRead() async throws {
        let door = FrontDoor()
        _ = try await door.chat(
            #"""
            {"model":"a","messages":[{"role":"user","content":"?"},{"role":"assistant","content":null,"tool_calls":
            [{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]},
            {"role":"tool","tool_call_id":"c1","content":"2"}]}
            """#)
        let messages = try #require(door.service.asked.first).question.messages
        #expect(
            messages.dropFirst() == [
                Message(
                    role: .assistant, parts: [.call(ToolCall(id: "c1", name: "add", arguments: #"{"a":1}"#))]),
                Message(role: .tool, parts: [.text("2")], answeredCall: "c1"),
            ])
    }

    @Test(arguments: [
        (#""tools":{}"#, "tools", "it is an object. A list of at most 512 tools is expected."),
        (#""tools":[{"type":"function"}]"#, "tools[0].function", "it is null. An object is expected."),
        (
            #""tools":[{"function":{"name":""}}]"#, "tools[0].function.name",
            "it is missing, empty or longer than 128 characters. The name of the function is expected."
        ),
        (
            #""tools":[{"function":{"name":"f","parameters":[]}}]"#, "tools[0].function.parameters",
            "it is an array. A JSON schema, an object, is expected."
        ),
        (
            #""tools":[\#(Self.tool)],"tool_choice":{"function":{"name":"ad"}}"#, "tool_choice",
            "there is no tool \"ad\". Did you mean add?"
        ),
        (
            #""tools":[\#(Self.tool)],"tool_choice":\#(Self.allowed("auto", "sub"))"#,
            "tool_choice.allowed_tools.tools[0]", "there is no tool \"sub\". One of tools is expected."
        ),
        (
            #""tools":[\#(Self.tool)],"tool_choice":\#(Self.allowed("none", "add"))"#,
            "tool_choice.allowed_tools.mode", "there is no mode \"none\". auto or required is expected."
        ),
        (
            #""tools":[\#(Self.tool)],"tool_choice":{"type":"allowed_tools","mode":"auto","tools":[]}"#,
            "tool_choice.tools", "A list of 1 to 512 tools is expected."
        ),
        (#""tool_choice":7"#, "tool_choice", "it is 7. auto, none, required or"),
        (
            #""response_format":{"type":"yaml"}"#, "response_format.type",
            "there is no form \"yaml\". text, json_object or json_schema is expected."
        ),
        (
            #""response_format":{"type":"json_schema","json_schema":{}}"#, "response_format.json_schema.schema",
            "it is missing or no object."
        ),
        (#""top_logprobs":2"#, "top_logprobs", "it is set, but logprobs is not. Set logprobs to true."),
        (
            #""logprobs":true,"top_logprobs":21"#, "top_logprobs",
            "it is 21. A whole number from 0 to 20 is expected."
        ),
        (#""n":0"#, "n", "it is 0. A whole number from 1 to 16 is expected."), (#""n":17"#, "n", "it is 17."),
    ])
    func aWrongWishIsRefusedWithItsPath(_ member: String, param: String, message: String) async throws {
        let reply = try await FrontDoor().chat(Samples.chat(member))
        #expect(reply.status == 400 && reply.refusal?.param == param, "\(reply.body)")
        #expect(reply.refusal?.message.contains(message) == true, "\(reply.body)")
    }

    @Test(arguments: [
        (#"{"role":"tool","content":"x"}"#, "messages[0].tool_call_id", "it is missing."),
        (#"{"role":"user","content":"x","tool_calls":[{"id":"1"}]}"#, "messages[0].tool_calls", "only an assistant"),
        (#"{"role":"assistant","tool_calls":[{"id":"1"}]}"#, "messages[0].tool_calls[0].function", "it is null."),
        (
            #"{"role":"assistant","tool_calls":[{"function":{"name":"f"}}]}"#, "messages[0].tool_calls[0]",
            "its id or the name of its function is missing."
        ),
    ])
    func aWrongCallIsRefusedWithItsPlace(_ message: String, param: String, words: String) async throws {
        let reply = try await FrontDoor().chat(#"{"model":"a","messages":[\#(message)]}"#)
        #expect(reply.status == 400 && reply.refusal?.param == param, "\(reply.body)")
        #expect(reply.refusal?.message.contains(words) == true, "\(reply.body)")
    }
}
