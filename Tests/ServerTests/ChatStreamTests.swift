import Core
import Server
import Support
import Testing

struct ChatStreamTests {
    private static let head =
        #"data: {"id":"chatcmpl-0123456789abcdef0123456789abcdef","object":"chat.completion.chunk","#
        + #""created":1700000000,"model":"auto","choices":["#

    private static func delta(_ delta: String, usage: String = "") -> String {
        head + #"{"index":0,"delta":\#(delta),"logprobs":null,"finish_reason":null}]\#(usage)}"# + "\n\n"
    }

    private static func finish(_ reason: String = "stop", usage: String = "") -> String {
        head + #"{"index":0,"delta":{},"logprobs":null,"finish_reason":"\#(reason)"}]\#(usage)}"# + "\n\n"
    }

    private static let role = delta(#"{"role":"assistant","content":""}"#)
    private static let done = "data: [DONE]\n\n"
    private static let streamed = Samples.chat(#""stream": true"#)

    @Test func aStreamIsTheRoleThenTheTextThenTheFinishThenDone() async throws {
        let door = FrontDoor(ScriptedService([.piece(.text("Forty")), .piece(.text("-\"two\"\n"))]))
        let reply = try await door.chat(Self.streamed)
        #expect(reply.status == 200)
        #expect(reply.header("content-type") == "text/event-stream")
        #expect(reply.header("cache-control") == "no-cache")
        #expect(reply.header("x-accel-buffering") == "no")
        #expect(reply.header("content-length") == nil)
        #expect(
            reply.body == Self.role + Self.delta(#"{"content":"Forty"}"#)
                + Self.delta(#"{"content":"-\"two\"\n"}"#) + Self.finish() + Self.done)
        #expect(door.service.asked.map(\.delivery) == [.streamed])
    }

    @Test func usageComesInAChunkWithoutChoicesIfItWasAskedFor() async throws {
        let door = FrontDoor(ScriptedService([.piece(.text("Forty-two"))]))
        let reply = try await door.chat(
            Samples.chat(#""stream": true, "stream_options": {"include_usage": true}"#))
        let none = #","usage":null"#
        #expect(
            reply.body == Self.delta(#"{"role":"assistant","content":""}"#, usage: none)
                + Self.delta(#"{"content":"Forty-two"}"#, usage: none) + Self.finish(usage: none)
                + Self.head + #"],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}"# + "\n\n"
                + Self.done)
    }

    @Test(arguments: [#"{"include_usage": false}"#, "{}", "null"])
    func usageIsNotToldOtherwise(_ options: String) async throws {
        let reply = try await FrontDoor().chat(Samples.chat(#""stream": true, "stream_options": \#(options)"#))
        #expect(reply.body == Self.role + Self.finish() + Self.done)
    }

    @Test func thinkingGoesBeforeTheTextInItsOwnMember() async throws {
        let door = FrontDoor(ScriptedService([.piece(.reasoning("Six")), .piece(.text("42"))]))
        #expect(
            try await door.chat(Self.streamed).body == Self.role + Self.delta(#"{"reasoning_content":"Six"}"#)
                + Self.delta(#"{"content":"42"}"#) + Self.finish() + Self.done)
    }

    @Test func emptyPiecesAndReportsOfExpertsMakeNoEvents() async throws {
        var answer = Samples.answer
        answer.finish = .length
        let door = FrontDoor(
            ScriptedService(
                [
                    .piece(.text("")), .piece(.reasoning("")), .piece(.usage(Usage(promptTokens: 1))),
                    .piece(.finish(.stop)),
                ], answer: answer))
        #expect(try await door.chat(Self.streamed).body == Self.role + Self.finish("length") + Self.done)
    }

    @Test func aFaultBeforeTheFirstEventIsAnHTTPError() async throws {
        let fault = Fault(.expertUnreachable, "general", "nothing listens there")
        let reply = try await FrontDoor(ScriptedService([.fails(fault)])).chat(Self.streamed)
        #expect(reply.status == 502)
        #expect(reply.header("content-type") == "application/json")
        #expect(reply.refusal?.code == "expert_unreachable")
        #expect(reply.header("x-request-id") == Samples.trace.id)
        #expect(reply.header("x-muster-seed") == "77")
    }

    @Test func aFaultBeforeTheDecisionIsAnHTTPErrorWithoutADecision() async throws {
        let fault = Fault(.noExpert, "auto", "nobody can be asked")
        let reply = try await FrontDoor(ScriptedService(refusal: fault)).chat(Self.streamed)
        #expect(reply.status == 503)
        #expect(reply.refusal?.code == "no_expert_available")
        #expect(reply.header("x-request-id") == "req-0000000000000abc")
        #expect(reply.header("x-muster-route") == nil)
    }

    @Test func aFaultInMidStreamIsAnEventAndNothingIsDone() async throws {
        let fault = Fault(.expertCutOff, "general", "it broke \"off\"", hint: "Ask again")
        let door = FrontDoor(ScriptedService([.piece(.text("For")), .fails(fault)]))
        let reply = try await door.chat(Self.streamed)
        #expect(reply.status == 200)
        #expect(
            reply.body == Self.role + Self.delta(#"{"content":"For"}"#)
                + #"data: {"error":{"message":"general: it broke \"off\". Ask again.","type":"expert_error","#
                + #""param":null,"code":"expert_cut_off"}}"# + "\n\n")
        #expect(door.log.all.contains { $0.contains("failure=expert_cut_off") && $0.contains("status=200") })
    }

    @Test func aFlowWithoutAResultIsCutOff() async throws {
        let streamed = try await FrontDoor(ScriptedService([.piece(.text("For")), .ends])).chat(Self.streamed)
        #expect(streamed.body.hasPrefix(Self.role + Self.delta(#"{"content":"For"}"#) + #"data: {"error":"#))
        #expect(streamed.body.contains(#""code":"expert_cut_off""#) && !streamed.body.contains("[DONE]"))
        let whole = try await FrontDoor(ScriptedService([.ends])).chat()
        #expect(whole.status == 502 && whole.refusal?.code == "expert_cut_off")
    }

    @Test func anUnknownErrorIsNotRepeated() async throws {
        struct Secret: Error { let word = "hush-hush" }
        let door = FrontDoor(ScriptedService([.piece(.text("For")), .fails(Secret())]))
        let body = try await door.chat(Self.streamed).body
        #expect(body.contains(#""code":"internal_error""#) && !body.contains("hush-hush"))
        let whole = try await FrontDoor(ScriptedService(refusal: Secret())).chat()
        #expect(whole.status == 500 && whole.refusal?.type == "server_error" && !whole.body.contains("hush-hush"))
    }

    @Test func aCommentFillsASilence() async throws {
        let latch = Latch()
        let door = FrontDoor(ScriptedService([.waits(latch), .piece(.text("42"))]))
        async let reply = door.chat(Self.streamed)
        // Each advance that meets a waiting stream is a silence: the first lets the stream begin, others are comments.
        try await eventually {
            if door.time.sleeperCount > 0 { door.time.advance(by: .seconds(10)) }
            return door.time.passed > .seconds(300)
        }
        latch.open()
        let body = try await reply.body
        let comments = body.split(separator: ": keep-alive\n\n", omittingEmptySubsequences: false).count - 1
        #expect(comments >= 1)
        #expect(body.hasPrefix(": keep-alive\n\n"))
        #expect(
            body.replacing(": keep-alive\n\n", with: "")
                == Self.role + Self.delta(#"{"content":"42"}"#) + Self.finish() + Self.done)
    }

    @Test func oneSleeperLooksAfterAllSilentStreams() async throws {
        let latch = Latch()
        let door = FrontDoor(ScriptedService([.waits(latch), .piece(.text("42"))]))
        async let first = door.chat(Self.streamed)
        async let second = door.chat(Self.streamed)
        try await eventually { door.service.pulls == 2 && door.time.sleeperCount > 0 }
        #expect(door.time.sleeps == [ServiceOptions().keepAlive])
        door.time.advance(by: ServiceOptions().keepAlive)
        latch.open()
        for body in try await [first.body, second.body] {
            #expect(body.replacing(": keep-alive\n\n", with: "").hasSuffix(Self.finish() + Self.done))
        }
        try await eventually { door.time.sleeperCount == 0 }
    }
}
