import Core
import Experts
import Support
import Testing
import Transport

struct HTTPExpertTests {
    private static let events = [
        #"{"choices":[{"index":0,"delta":{"content":"Fo"}}]}"#,
        #"{"choices":[{"index":0,"delta":{"content":"ür🙂"}}]}"#,
        #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
        #"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}"#, "[DONE]",
    ]
    private static let pieces: [AnswerPiece] = [
        .text("Fo"), .text("ür🙂"), .finish(.stop), .usage(Usage(promptTokens: 9, completionTokens: 2)),
    ]
    private static let whole = """
        {"choices":[{"message":{"content":"Four."},"finish_reason":"stop"}],\
        "usage":{"prompt_tokens":9,"completion_tokens":2}}
        """

    @Test func asksAndReadsAWholeAnswer() async throws {
        let server = try ScriptedSocketServer(.json(Self.whole))
        let expert = Sample.expert(Sample.spec(at: server.url + "/v1/", key: "sk-1"))
        let answer = try await expert.answer(Question("2 + 2?"), time: ManualTime().source)
        #expect(answer.text == "Four." && answer.usage == Usage(promptTokens: 9, completionTokens: 2))
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.path == "/v1/chat/completions")
        #expect(
            request.header("authorization") == "Bearer sk-1" && request.header("content-type") == "application/json")
        #expect(
            request.text == #"{"messages":[{"content":"2 + 2?","role":"user"}],"model":"m-1","stream":false}"#)
    }

    @Test func readsAStreamHoweverItIsCut() async throws {
        let text = Self.events.map { "data: \($0)\n\n" }.joined()
        let bytes = Array(text.utf8)
        for size in [1, 2, 5, 61, 10_000] {
            var steps: [SocketReply.Step] = [
                .send(
                    Array(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: \(bytes.count)\r\n\r\n"
                            .utf8))
            ]
            for start in stride(from: 0, to: bytes.count, by: size) {
                steps.append(.send(Array(bytes[start..<min(start + size, bytes.count)])))
            }
            let server = try ScriptedSocketServer(SocketReply(steps))
            #expect(try await Sample.pieces(of: Sample.expert(Sample.spec(at: server.url))) == Self.pieces)
        }
    }

    @Test func readsAnthropicsAndOllamasStreams() async throws {
        let anthropic = try ScriptedSocketServer(
            .stream(AnthropicWireTests.stream.map { "event: x\ndata: \($0)\n\n" }))
        let first = Sample.expert(Sample.spec(.anthropic, at: anthropic.url, key: "sk-ant"))
        #expect(try await Sample.pieces(of: first) == AnthropicWireTests.pieces)
        #expect(anthropic.requests.first?.path == "/v1/messages")
        #expect(anthropic.requests.first?.header("x-api-key") == "sk-ant")

        let ollama = try ScriptedSocketServer(
            .stream(OllamaWireTests.stream.map { $0 + "\n" }, type: "application/x-ndjson"))
        let second = Sample.expert(Sample.spec(.ollama, at: ollama.url + "/v1"))
        #expect(try await Sample.pieces(of: second) == OllamaWireTests.pieces)
        #expect(ollama.requests.first?.path == "/api/chat")
    }

    @Test func understandsTheOtherDeliveryThanItAskedFor() async throws {
        let streams = try ScriptedSocketServer(.events(Self.events))
        #expect(
            try await Sample.pieces(of: Sample.expert(Sample.spec(at: streams.url)), Question("?"), .whole)
                == Self.pieces)
        let sendsWhole = try ScriptedSocketServer(.json(Self.whole))
        let pieces = try await Sample.pieces(
            of: Sample.expert(Sample.spec(at: sendsWhole.url)), Question("?"), .streamed)
        #expect(pieces.text == "Four." && pieces.finish == .stop)
    }

    @Test func aFinishedAnswerStandsHoweverItsConnectionEnds() async throws {
        let server = try ScriptedSocketServer(.events(Array(Self.events.dropLast()), ending: .close))
        #expect(try await Sample.pieces(of: Sample.expert(Sample.spec(at: server.url))) == Self.pieces)
    }

    @Test func theEndMarkEndsAnAnswerEvenIfTheServerGoesOn() async throws {
        let server = try ScriptedSocketServer(.events(Self.events + Self.events, ending: .hang))
        #expect(try await Sample.pieces(of: Sample.expert(Sample.spec(at: server.url))) == Self.pieces)
        server.stop()
    }

    @Test func usesAConnectionAgainAfterAStream() async throws {
        let server = try ScriptedSocketServer(.events(Self.events))
        // A transport of its own, so that other tests do not open connections meanwhile.
        let factory = ExpertFactory(transport: HTTPTransport(), skills: [], time: ManualTime().source, seed: 1)
        let expert = factory.make(Sample.spec(at: server.url))
        for _ in 0..<20 { #expect(try await Sample.pieces(of: expert).count == 4) }
        // The end of the body may still be on its way when the next question goes out, now and then.
        #expect(server.connectionCount < 20)
    }

    @Test func leavesUsageAbsentWhenTheServerSaysNothing() async throws {
        let server = try ScriptedSocketServer(.json(#"{"choices":[{"message":{"content":"Four."}}]}"#))
        let expert = Sample.expert(Sample.spec(at: server.url))
        #expect(try await Sample.pieces(of: expert).usage == nil)
        #expect(try await expert.answer(Question("2 + 2?"), time: ManualTime().source).usage.estimated)
    }

    @Test func droppingTheStreamHangsUp() async throws {
        let server = try ScriptedSocketServer(.events([Self.events[0]], ending: .hang))
        let expert = Sample.expert(Sample.spec(at: server.url))
        var stream: AnswerStream? = try await expert.ask(Question("?"), delivery: .streamed)
        #expect(try await stream?.nextPiece() == .text("Fo"))
        #expect(server.hangUps == 0)
        stream = nil
        #expect(await server.waits { $0.hangUps == 1 })
    }

    @Test func cancellingHangsUp() async throws {
        for reply in [SocketReply.hang, .events([Self.events[0]], ending: .hang)] {
            let server = try ScriptedSocketServer(reply)
            let expert = Sample.expert(Sample.spec(at: server.url, retries: 3))
            let asking = Task { try await Sample.pieces(of: expert) }
            #expect(await server.waits { $0.requests.count == 1 })
            asking.cancel()
            await #expect(throws: CancellationError.self) { try await asking.value }
            #expect(await server.waits { $0.hangUps == 1 })
            #expect(server.requests.count == 1)
        }
    }

    @Test func deepNestingIsNoCrash() async throws {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        let server = try ScriptedSocketServer(.json(deep), .events([deep]))
        let expert = Sample.expert(Sample.spec(at: server.url))
        #expect(try await Sample.fault(of: expert)?.code == .expertGarbled)
        #expect(try await Sample.fault(of: expert)?.code == .expertGarbled)
    }
}
