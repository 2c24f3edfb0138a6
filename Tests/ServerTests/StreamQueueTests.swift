import Core
import Server
import Support
import Testing

/// Streams that wait for a place say where they stand.
@Suite(.timeLimit(.minutes(1)))
struct StreamQueueTests {
    private static let chat = "/v1/chat/completions"
    private static let streamed = Samples.chat(#""stream": true"#)

    /// A server with one place, which a first stream holds until the latch opens.
    private func serving(_ work: (LoopbackServer, LoopbackClient, Latch) async throws -> Void) async throws {
        let latch = Latch()
        let service = ScriptedService([.piece(.text("first")), .waits(latch), .piece(.text("second"))])
        let limits = ServiceOptions.Limits(inFlight: 1, queue: 2, queueWait: .seconds(600))
        try await LoopbackServer.serving(service, options: ServiceOptions(limits: limits)) { server in
            let first = try server.connect()
            try await first.post(Self.chat, Self.streamed, headers: "Connection: close\r\n")
            _ = try await first.receive(until: "first")
            try await work(server, first, latch)
        }
    }

    /// Lets the second of patience pass, once somebody waits for it.
    private func losePatience(_ server: LoopbackServer, waiting count: Int) async {
        while server.time.sleeps.count(where: { $0 == .seconds(1) }) < count { await Task.yield() }
        server.time.advance(by: .seconds(1))
    }

    @Test func commentsTellThePlaceAndTheAnswerFollows() async throws {
        try await serving { server, first, latch in
            let second = try server.connect()
            try await second.post(Self.chat, Self.streamed, headers: "Connection: close\r\n")
            await losePatience(server, waiting: 1)
            let waiting = try await second.receive(until: ": queued, position 1\n\n")
            #expect(waiting.hasPrefix("HTTP/1.1 200 ") && waiting.lowercased().contains("text/event-stream"))
            #expect(waiting.lowercased().contains("\r\nx-muster-queue-position: 1\r\n"))
            #expect(server.service.asked.count == 1)
            let third = try server.connect()
            let message = #""stream": true, "messages": [{"role": "user", "content": "?"}]"#
            try await third.post(
                "/v1/messages", #"{"model": "auto", "max_tokens": 9, \#(message)}"#, headers: "Connection: close\r\n")
            await losePatience(server, waiting: 3)
            _ = try await third.receive(until: ": queued, position 2\n\n")
            latch.open()
            #expect(try await first.receiveAll().contains("data: [DONE]"))
            let whole = try await second.receiveAll()
            #expect(whole.contains("first") && whole.contains("data: [DONE]"))
            #expect(try await third.receiveAll().contains("event: message_stop"))
        }
    }

    @Test func whoeverGetsAPlaceSoonSeesNoComment() async throws {
        try await serving { server, first, latch in
            let second = try server.connect()
            try await second.post(Self.chat, Self.streamed, headers: "Connection: close\r\n")
            while server.time.sleeps.count(where: { $0 == .seconds(1) }) < 1 { await Task.yield() }
            latch.open()
            let whole = try await second.receiveAll()
            #expect(!whole.contains("queued") && whole.contains("data: [DONE]"))
            #expect(whole.lowercased().contains("x-muster-trace-id"))
            #expect(try await first.receiveAll().contains("data: [DONE]"))
        }
    }

    @Test func aRefusalAfterTheFirstCommentIsAnEvent() async throws {
        try await serving { server, first, latch in
            let second = try server.connect()
            try await second.post(Self.chat, Self.streamed, headers: "Connection: close\r\n")
            await losePatience(server, waiting: 1)
            _ = try await second.receive(until: ": queued, position 1\n\n")
            server.time.advance(by: .seconds(600))
            let whole = try await second.receiveAll()
            #expect(whole.contains(#"data: {"error":{"message":"server: 1 questions are being answered"#))
            #expect(!whole.contains("[DONE]"))
            latch.open()
            _ = try await first.receiveAll()
        }
    }

    @Test func whoeverWantsAWholeAnswerWaitsSilently() async throws {
        try await serving { server, first, latch in
            let second = try server.connect()
            try await second.post(Self.chat, Samples.chat(), headers: "Connection: close\r\n")
            while !server.time.sleeps.contains(.seconds(600)) { await Task.yield() }
            server.time.advance(by: .seconds(30))
            latch.open()
            let whole = try await second.receiveAll()
            #expect(whole.hasPrefix("HTTP/1.1 200 ") && !whole.contains("queued"))
            #expect(whole.lowercased().contains("x-muster-queue-position: 1\r\n"))
            _ = try await first.receiveAll()
        }
    }

    @Test func aClientThatLeavesItsPlaceInTheQueueIsNotAnswered() async throws {
        try await serving { server, first, latch in
            let second = try server.connect()
            try await second.post(Self.chat, Self.streamed)
            await losePatience(server, waiting: 1)
            _ = try await second.receive(until: ": queued, position 1\n\n")
            second.close()
            try await eventually { server.log.all.contains { $0.contains("client_gone") } }
            latch.open()
            #expect(try await first.receiveAll().contains("data: [DONE]"))
            #expect(server.service.asked.count == 1)
        }
    }
}
