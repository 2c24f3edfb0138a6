import Core
import Testing

/// Calls that are written at once, and words amid a call, in the formats that tell one thing after the other.
struct AnswerOrderTests {
    private static func call(_ index: Int, _ arguments: String, begins: Bool = false) -> ScriptedService.Step {
        .piece(
            .call(
                ToolCallFragment(
                    index: index, id: begins ? "c\(index)" : nil, name: begins ? "f\(index)" : nil,
                    arguments: arguments)))
    }

    private static let answer: Answer = {
        var answer = Samples.answer
        answer.finish = .toolCalls
        return answer
    }()

    /// The blocks of a stream of messages: what each begins as, and all that was added.
    private func messages(_ steps: [ScriptedService.Step]) async throws -> [String] {
        let reply = try await FrontDoor(ScriptedService(steps, answer: Self.answer)).post(
            "/v1/messages",
            #"{"model": "auto", "max_tokens": 50, "stream": true, "messages": [{"role": "user", "content": "x"}]}"#)
        #expect(reply.body.contains("message_stop"), "\(reply.body)")
        var blocks: [String] = []
        var open: Int?
        for event in try reply.events {
            switch event["type"]?.text {
            case "content_block_start":
                #expect(open == nil && event["index"]?.whole == blocks.count)
                open = event["index"]?.whole
                blocks.append((event["content_block"]?["name"] ?? event["content_block"]?["type"])?.text ?? "")
            case "content_block_delta":
                #expect(event["index"]?.whole == open)
                let delta = event["delta"]
                let more = delta?["text"] ?? delta?["partial_json"] ?? delta?["thinking"]
                blocks[blocks.count - 1] += " " + (more?.text ?? "?")
            case "content_block_stop":
                #expect(event["index"]?.whole == open)
                open = nil
            default: break
            }
        }
        return blocks
    }

    @Test func callsThatAreWrittenAtOnceComeOneAfterTheOther() async throws {
        let steps = [
            Self.call(0, "", begins: true), Self.call(1, "", begins: true), Self.call(0, #"{"a":"#),
            Self.call(1, #"{"b":"#), Self.call(0, "1}"), Self.call(1, "2}"), Self.call(2, "{}", begins: true),
        ]
        #expect(try await messages(steps) == [#"f0 {"a": 1}"#, #"f1 {"b": 2}"#, "f2 {}"])
    }

    @Test func anEmptyPartOfACallThatHasEndedIsNothing() async throws {
        let steps = [
            Self.call(0, #"{"a":"}\""}"#, begins: true), Self.call(1, "{", begins: true), Self.call(0, ""),
            Self.call(1, "}"), Self.call(0, "\n"),
        ]
        #expect(try await messages(steps) == [#"f0 {"a":"}\""}"#, "f1 { }"])
    }

    @Test func wordsAmidACallComeAfterItAndWhiteSpaceIsDropped() async throws {
        let steps: [ScriptedService.Step] = [
            .piece(.text("\n")), .piece(.text("So.")), Self.call(0, "{", begins: true), .piece(.text("\n")),
            Self.call(0, "}"), .piece(.text(" \n")), Self.call(1, "[", begins: true), .piece(.text("\nWait")),
            .piece(.reasoning("hm")), .piece(.text("!")), Self.call(1, "]"), .piece(.text("\n")),
        ]
        #expect(
            try await messages(steps) == ["text \n So.", "f0 { }", "f1 [ ]", "text \nWait", "thinking hm", "text ! \n"])
    }

    @Test func aCallWithoutArgumentsLetsOthersWaitUntilTheEnd() async throws {
        let steps = [Self.call(0, "", begins: true), Self.call(1, "{}", begins: true)]
        #expect(try await messages(steps) == ["f0", "f1 {}"])
    }

    @Test func whatWaitsIsBounded() async throws {
        let more = String(repeating: "x", count: 1 << 20)
        let steps = [Self.call(0, "{", begins: true)] + (0..<5).map { _ in .piece(.text(more)) }
        let body = try await FrontDoor(ScriptedService(steps, answer: Self.answer)).post(
            "/v1/responses", #"{"model": "auto", "stream": true, "input": "x"}"#
        ).body
        #expect(body.contains("more than 4194304 bytes came while a call had not ended"))
    }

    @Test func aWholeAnswerHasNoBlockOfWhiteSpaceBesideItsCalls() async throws {
        var answer = Self.answer
        answer.text = " \n"
        answer.calls = [ToolCall(id: "c", name: "f", arguments: "{}")]
        let json = try await FrontDoor(ScriptedService(answer: answer)).post(
            "/v1/responses", #"{"model": "auto", "input": "x"}"#
        ).json
        #expect(json["output"]?.elements?.map { $0["type"]?.text } == ["function_call"])
    }

    // MARK: How items end

    private func responses(_ steps: [ScriptedService.Step], finish: FinishReason) async throws -> [JSONValue] {
        var answer = Samples.answer
        answer.finish = finish
        return try await FrontDoor(ScriptedService(steps, answer: answer)).post(
            "/v1/responses", #"{"model": "auto", "stream": true, "input": "x"}"#
        ).events
    }

    @Test func whatWasCutSaysSo() async throws {
        let steps: [ScriptedService.Step] = [
            .piece(.text("So")), Self.call(0, #"{"a""#, begins: true), Self.call(1, #"{"b""#, begins: true),
        ]
        let last = try #require(try await responses(steps, finish: .length).last)
        #expect(last["type"]?.text == "response.incomplete")
        let items = try #require(last["response"]?["output"]?.elements)
        #expect(items.map { $0["status"]?.text } == ["completed", "incomplete", "incomplete"])
        #expect(items.last?["arguments"]?.text == #"{"b""#)
    }

    @Test func anItemThatAFailureCutSaysSo() async throws {
        let fault = Fault(.expertCutOff, "general", "it broke off")
        let steps: [ScriptedService.Step] = [
            .piece(.text("So")), Self.call(0, "{}", begins: true), Self.call(1, "{", begins: true), .fails(fault),
        ]
        let last = try #require(try await responses(steps, finish: .stop).last)
        #expect(last["type"]?.text == "response.failed")
        let items = try #require(last["response"]?["output"]?.elements)
        #expect(items.map { $0["status"]?.text } == ["completed", "completed", "incomplete"])
    }

    @Test func theLastItemOfACutAnswerIsIncomplete() async throws {
        var answer = Samples.answer
        answer.finish = .length
        answer.calls = [
            ToolCall(id: "a", name: "f", arguments: "{"), ToolCall(id: "b", name: "f", arguments: "{}"),
            ToolCall(id: "c", name: "f", arguments: ""),
        ]
        let json = try await FrontDoor(ScriptedService(answer: answer)).post(
            "/v1/responses", #"{"model": "auto", "input": "x"}"#
        ).json
        #expect(
            json["output"]?.elements?.map { $0["status"]?.text } == [
                "completed", "incomplete", "completed", "incomplete",
            ])
    }
}
