import Core
import Experts
import Testing

/// What OpenAI's own servers refuse is not written.
struct OpenAIConversationTests {
    private func messages(_ messages: [Message]) throws -> String {
        let request = try OpenAIWire(spec: Sample.spec()).request(Question(messages: messages), delivery: .whole)
        return JSONText.of(request.json["messages"] ?? .null)
    }

    private static let calls = Message(
        role: .assistant,
        parts: [
            .call(ToolCall(id: "c1", name: "look", arguments: "{}")),
            .call(ToolCall(id: "c2", name: "look", arguments: "{}")),
        ])
    private static let said = """
        {"content":null,"role":"assistant","tool_calls":[{"function":{"arguments":"{}","name":"look"},"id":"c1",\
        "type":"function"},{"function":{"arguments":"{}","name":"look"},"id":"c2","type":"function"}]}
        """

    private static func result(_ id: String, _ parts: [Message.Part]) -> Message {
        Message(role: .tool, parts: parts, answeredCall: id)
    }

    @Test func picturesOfNeighbouringResultsAreShownByTheUserAfterTheLast() throws {
        let written = try messages([
            Self.calls, Self.result("c1", [.text("A map:"), .image(url: "data:image/png;base64,QQ==")]),
            Self.result("c2", [.image(url: "https://a/b")]), Message(.user, "Where?"),
        ])
        #expect(
            written == """
                [\(Self.said),{"content":"A map:","role":"tool","tool_call_id":"c1"},\
                {"content":"(picture below)","role":"tool","tool_call_id":"c2"},\
                {"content":[{"image_url":{"url":"data:image/png;base64,QQ=="},"type":"image_url"},\
                {"image_url":{"url":"https://a/b"},"type":"image_url"}],"role":"user"},\
                {"content":"Where?","role":"user"}]
                """)
    }

    @Test func everyRunOfResultsShowsItsOwnPictures() throws {
        let written = try messages([
            Self.calls, Self.result("c1", [.image(url: "https://a/1")]), Message(.assistant, "And?"),
            Self.result("c2", [.text("Done"), .image(url: "https://a/2")]),
        ])
        #expect(
            written == """
                [\(Self.said),{"content":"(picture below)","role":"tool","tool_call_id":"c1"},\
                {"content":[{"image_url":{"url":"https://a/1"},"type":"image_url"}],"role":"user"},\
                {"content":"And?","role":"assistant"},{"content":"Done","role":"tool","tool_call_id":"c2"},\
                {"content":[{"image_url":{"url":"https://a/2"},"type":"image_url"}],"role":"user"}]
                """)
    }

    @Test func resultsOfWordsAloneStayAsTheyAre() throws {
        #expect(
            try messages([Self.calls, Self.result("c1", [.text("")]), Self.result("c2", [.text("a"), .text("b")])])
                == """
                [\(Self.said),{"content":"","role":"tool","tool_call_id":"c1"},\
                {"content":"ab","role":"tool","tool_call_id":"c2"}]
                """)
    }

    @Test func howToolsAreCalledIsNotSaidWhereThereAreNone() throws {
        var question = Question("Hi")
        question.output = OutputWishes(toolChoice: .automatic, parallelCalls: true)
        let request = try OpenAIWire(spec: Sample.spec()).request(question, delivery: .whole)
        #expect(
            try WireReading.body(of: request)
                == #"{"messages":[{"content":"Hi","role":"user"}],"model":"m-1","stream":false}"#)
    }
}
