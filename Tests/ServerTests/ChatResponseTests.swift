import Core
import Testing

struct ChatResponseTests {
    @Test func aWholeAnswerHasExactlyTheMembersOfOpenAI() async throws {
        let reply = try await FrontDoor().chat()
        #expect(reply.status == 200)
        #expect(reply.header("content-type") == "application/json")
        #expect(
            reply.body == #"{"id":"chatcmpl-0123456789abcdef0123456789abcdef","object":"chat.completion","#
                + #""created":1700000000,"model":"auto","choices":[{"index":0,"message":{"role":"assistant","#
                + #""content":"Forty-two","refusal":null},"logprobs":null,"finish_reason":"stop"}],"#
                + #""usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}"#)
    }

    @Test func piecesOnTheWayAreNotToldTwice() async throws {
        let door = FrontDoor(ScriptedService([.piece(.text("Forty-")), .piece(.text("two")), .piece(.finish(.stop))]))
        let json = try await door.chat().json
        #expect(json["choices"]?.elements?.first?["message"]?["content"] == .string("Forty-two"))
        #expect(door.service.asked.map(\.delivery) == [.whole])
    }

    @Test(arguments: [
        (FinishReason.stop, "stop"), (.length, "length"), (.contentFilter, "content_filter"),
        (.toolCalls, "tool_calls"),
    ])
    func saysWhyTheAnswerEnded(_ reason: FinishReason, word: String) async throws {
        var answer = Samples.answer
        answer.finish = reason
        let json = try await FrontDoor(ScriptedService(answer: answer)).chat().json
        #expect(json["choices"]?.elements?.first?["finish_reason"] == .string(word))
    }

    @Test func thinkingStandsBesideTheContent() async throws {
        var answer = Samples.answer
        answer.reasoning = "six \"sevens\"\n"
        let json = try await FrontDoor(ScriptedService(answer: answer)).chat().json
        let message = json["choices"]?.elements?.first?["message"]
        #expect(message?["reasoning_content"] == .string("six \"sevens\"\n"))
        #expect(message?["content"] == .string("Forty-two"))
    }

    @Test func tokensFromTheCacheStandInTheirDetails() async throws {
        var answer = Samples.answer
        answer.usage.cachedTokens = 5
        let usage = try await FrontDoor(ScriptedService(answer: answer)).chat().json["usage"]
        #expect(usage?["prompt_tokens_details"]?["cached_tokens"] == .integer(5))
    }

    @Test(arguments: [
        "", "\"quoted\" \\ and / and \u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}", "日本語 🧮 e\u{301} \u{2028}\u{2029}\u{FEFF}",
        "</script>", "\u{0}",
    ])
    func anyTextComesThroughWhole(_ text: String) async throws {
        var answer = Samples.answer
        answer.text = text
        let json = try await FrontDoor(ScriptedService(answer: answer)).chat().json
        let content = json["choices"]?.elements?.first?["message"]?["content"]?.text
        #expect(content.map { Array($0.utf8) } == Array(text.utf8))
    }

    @Test func aModelWithMarksInItsNameIsRepeatedAsJSON() async throws {
        let reply = try await FrontDoor().chat(Samples.chat(model: #"a\"b\\c"#))
        #expect(try reply.json["model"] == .string(#"a"b\c"#))
    }
}
