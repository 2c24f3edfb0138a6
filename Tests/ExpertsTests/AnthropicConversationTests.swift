import Core
import Experts
import Testing

/// What Anthropic refuses is written so that it is taken.
struct AnthropicConversationTests {
    private func body(_ question: Question) throws -> JSONValue {
        try AnthropicWire(spec: Sample.spec(.anthropic)).request(question, delivery: .whole).json
    }

    private func messages(_ messages: [Message]) throws -> String {
        JSONText.of(try body(Question(messages: messages))["messages"] ?? .null)
    }

    private static func call(_ id: String, _ arguments: String = "{}") -> Message.Part {
        .call(ToolCall(id: id, name: "f", arguments: arguments))
    }

    private static func result(_ id: String, _ text: String) -> Message {
        Message(role: .tool, parts: [.text(text)], answeredCall: id)
    }

    private static func used(_ id: String) -> String { #"{"id":"\#(id)","input":{},"name":"f","type":"tool_use"}"# }

    private static func told(_ id: String, _ text: String) -> String {
        #"{"content":[{"text":"\#(text)","type":"text"}],"tool_use_id":"\#(id)","type":"tool_result"}"#
    }

    /// The ids are fingerprints of the client's, worked out with another program.
    @Test func idsWithOtherCharactersAreReplacedInCallAndResult() throws {
        let (first, second) = ("call_6970b37977757277b806e976", "call_69710db56b757277b806e976")
        #expect(
            try messages([
                Message(role: .assistant, parts: [Self.call("a.b"), Self.call("a:b"), Self.call("a_b-1")]),
                Self.result("a:b", "2"), Self.result("a_b-1", "3"), Self.result("a.b", "1"),
            ]) == """
                [{"content":[\(Self.used(first)),\(Self.used(second)),\(Self.used("a_b-1"))],"role":"assistant"},\
                {"content":[\(Self.told(second, "2")),\(Self.told("a_b-1", "3")),\(Self.told(first, "1"))],\
                "role":"user"}]
                """)
    }

    @Test func anIDThatComesAgainIsAnotherOne() throws {
        let second = "call_a68d6c54ba8b5822836dbc79"
        #expect(
            try messages([
                Message(role: .assistant, parts: [Self.call("c1")]), Self.result("c1", "1"),
                Message(role: .assistant, parts: [Self.call("c1")]), Self.result("c1", "2"),
                Message(role: .assistant, parts: [Self.call("c1"), Self.call("c1")]), Self.result("c1", "3"),
                Self.result("c1", "4"),
            ]) == """
                [{"content":[\(Self.used("c1"))],"role":"assistant"},{"content":[\(Self.told("c1", "1"))],"role":"user"},\
                {"content":[\(Self.used(second))],"role":"assistant"},\
                {"content":[\(Self.told(second, "2"))],"role":"user"},\
                {"content":[\(Self.used(second + "_2")),\(Self.used(second + "_3"))],"role":"assistant"},\
                {"content":[\(Self.told(second + "_2", "3")),\(Self.told(second + "_3", "4"))],"role":"user"}]
                """)
    }

    @Test func noIDOfOursIsOneOfTheClients() throws {
        // What "a.b" becomes is taken here.
        let taken = "call_6970b37977757277b806e976"
        #expect(
            try messages([Message(role: .assistant, parts: [Self.call("a.b"), Self.call(taken)])])
                == #"[{"content":[\#(Self.used(taken + "_2")),\#(Self.used(taken))],"role":"assistant"}]"#)
    }

    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":1}"#), ("", "{}"), ("null", "{}"), (#"{"a":"#, "{}"), ("[1]", #"{"value":[1]}"#),
        (#""Oslo""#, #"{"value":"Oslo"}"#), ("3", #"{"value":3}"#),
    ])
    func argumentsAreAlwaysAnObject(_ written: String, expected: String) throws {
        let messages = [Message(role: .assistant, parts: [Self.call("c", written)])]
        #expect(
            try self.messages(messages) == """
                [{"content":[{"id":"c","input":\(expected),"name":"f","type":"tool_use"}],"role":"assistant"}]
                """)
        let ollama = try OllamaWire(spec: Sample.spec(.ollama)).request(Question(messages: messages), delivery: .whole)
        let call = ollama.json["messages"]?.elements?.first?["tool_calls"]?.elements?.first
        #expect(call?["function"]?["arguments"] == JSONValue.parse(expected))
    }

    @Test(arguments: [
        ("data:image/jpg;base64,QUJD", "image/jpeg"), ("DATA:IMAGE/JPG;base64,QUJD", "image/jpeg"),
        ("data:image/png;name=a.png;base64,QUJD", "image/png"), ("data:image/webp;base64,QUJD", "image/webp"),
    ])
    func picturesHaveARegisteredType(_ url: String, type: String) throws {
        #expect(
            try messages([Message(role: .user, parts: [.image(url: url)])]) == """
                [{"content":[{"source":{"data":"QUJD","media_type":"\(type)","type":"base64"},"type":"image"}],\
                "role":"user"}]
                """)
    }

    @Test func theSystemAloneIsHeardAsTheUser() throws {
        let body = try body(Question(messages: [Message(.system, "Greet me."), Message(.user, " \n")]))
        #expect(
            JSONText.of(body["messages"] ?? .null)
                == #"[{"content":[{"text":"Greet me.","type":"text"}],"role":"user"}]"#)
        #expect(body["system"] == nil)
    }

    @Test func aConversationInWhichNothingIsSaidIsRefusedHere() {
        for messages in [[], [Message(.user, "")], [Message(.system, " "), Message(role: .assistant, parts: [])]] {
            let fault = #expect(throws: Fault.self) { try body(Question(messages: messages)) }
            #expect(
                fault?.sentence
                    == "math: takes no conversation in which nothing is said. Say something in messages.")
            #expect(fault?.code == .unsupported)
        }
    }

    @Test func blankStopsAreLeftOut() throws {
        var question = Question("?", sampling: Sampling(stop: ["\n\n", "END", " "]))
        #expect(try body(question)["stop_sequences"] == .array([.string("END")]))
        question.sampling.stop = ["\n"]
        #expect(try body(question)["stop_sequences"] == nil)
    }

    @Test(arguments: [
        (#"{"top_p":0.5}"#, nil), (#"{"top_p":0.5,"temperature":null}"#, nil),
        (#"{"top_p":0.5,"temperature":0.25}"#, JSONValue.number(0.25)),
    ])
    func aTemperatureOfOursGivesWayToTheClientsTopP(_ sent: String, temperature: JSONValue?) throws {
        let bytes = Array(sent.utf8)
        var question = Question("?", sampling: Sampling(temperature: 0.25, topP: 0.5))
        question.original = OriginalBody(bytes, members: try JSONReader.readPlaces(bytes).members)
        let body = try body(question)
        #expect(body["temperature"] == temperature && body["top_p"] == .number(0.5))
    }

    @Test func toolsHaveASchemaOfAnObjectAndAreAsStrictAsWanted() throws {
        var question = Question("?")
        question.output.tools = [
            Tool(name: "a", parameters: .object([:]), isStrict: true),
            Tool(name: "b", parameters: .object(["properties": .object(["x": .bool(true)]), "type": .null])),
            Tool(name: "c", isStrict: false),
        ]
        #expect(
            JSONText.of(try body(question)["tools"] ?? .null) == """
                [{"input_schema":{"type":"object"},"name":"a","strict":true},\
                {"input_schema":{"properties":{"x":true},"type":"object"},"name":"b"},\
                {"input_schema":{"properties":{},"type":"object"},"name":"c","strict":false}]
                """)
    }
}
