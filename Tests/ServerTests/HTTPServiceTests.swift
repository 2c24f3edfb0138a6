import Core
import Server
import Support
import Synchronization
import Testing

/// Over a real socket.
@Suite(.timeLimit(.minutes(1)))
struct HTTPServiceTests {
    private static let streamed = Samples.chat(#""stream": true"#)
    private static let chat = "/v1/chat/completions"

    @Test func answersOneRequestAfterAnotherOnOneConnection() async throws {
        try await LoopbackServer.serving { server in
            let client = try server.connect()
            for _ in 0..<3 {
                try await client.post(Self.chat, Samples.chat())
                let reply = try await client.receive(until: #""total_tokens":10}}"#)
                #expect(reply.hasPrefix("HTTP/1.1 200 OK\r\n"))
                client.forget()
            }
            #expect(server.service.asked.count == 3)
        }
    }

    @Test func aHeadIsAnsweredWithoutABodyEvenWhenItIsRefused() async throws {
        try await LoopbackServer.serving { server in
            let client = try server.connect()
            for path in ["/nope", "/v1/models/nobody", "/v1/models"] { try await client.get(path, method: "HEAD") }
            try await client.get("/healthz")
            let replies = try await client.receive(until: "}]}")
            #expect(replies.components("HTTP/1.1 ") == 4)
            #expect(replies.components("{") == 2, "only health has a body: \(replies)")
        }
    }

    @Test(arguments: [("Connection: close\r\n", true), ("", false)])
    func aClientThatAsksForTheEndOfItsConnectionIsToldOfIt(_ field: String, isTold: Bool) async throws {
        try await LoopbackServer.serving { server in
            let client = try server.connect()
            try await client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\(field)\r\n")
            let reply = try await client.receive(until: "}")
            #expect(reply.lowercased().contains("\r\nconnection: close\r\n") == isTold, "\(reply)")
        }
    }

    @Test func piecesOfAStreamArriveAsTheyAreWritten() async throws {
        let latch = Latch()
        let service = ScriptedService([.piece(.text("first")), .waits(latch), .piece(.text("second"))])
        try await LoopbackServer.serving(service) { server in
            let client = try server.connect()
            try await client.post(Self.chat, Self.streamed, headers: "Connection: close\r\n")
            let early = try await client.receive(until: "first")
            #expect(!early.contains("second"))
            #expect(early.lowercased().contains("transfer-encoding: chunked\r\n"))
            latch.open()
            let all = try await client.receiveAll()
            #expect(all.contains("second") && all.contains("data: [DONE]\n\n"))
        }
    }

    @Test func aBodyAnnouncedTooLongIsRefusedBeforeItComes() async throws {
        try await LoopbackServer.serving(options: ServiceOptions(maximumBody: 1000)) { server in
            let client = try server.connect()
            try await client.send("POST \(Self.chat) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n")
            let reply = try await client.receive(until: "request_too_large")
            #expect(reply.hasPrefix("HTTP/1.1 413 "))
            #expect(server.service.asked.isEmpty)
        }
    }

    @Test func aChunkedBodyTooLongIsRefusedBeforeItEnds() async throws {
        try await LoopbackServer.serving(options: ServiceOptions(maximumBody: 1000)) { server in
            let client = try server.connect()
            try await client.send("POST \(Self.chat) HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<3 { try await client.send("190\r\n" + String(repeating: " ", count: 400) + "\r\n") }
            let reply = try await client.receive(until: "request_too_large")
            #expect(reply.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func aBodyWhoseChunksMakeNoSenseIsTheClientsMistake() async throws {
        try await LoopbackServer.serving(options: ServiceOptions()) { server in
            let client = try server.connect()
            try await client.send("POST \(Self.chat) HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
            try await client.send("2\r\n{}\r\nzz\r\n")
            let reply = try await client.receive(until: "invalid_http")
            #expect(reply.hasPrefix("HTTP/1.1 400 "))
            #expect(reply.contains("This is not HTTP/1.1: invalid character in chunk size header."))
        }
    }

    @Test func aRefusedBodyDoesNotSpoilTheConnection() async throws {
        let options = ServiceOptions(maximumBody: 1000, keys: ["k"])
        try await LoopbackServer.serving(options: options) { server in
            let client = try server.connect()
            let long = String(repeating: " ", count: 3 << 20)
            try await client.post(Self.chat, long, headers: "Authorization: Bearer k\r\n")
            try await client.post(Self.chat, Samples.chat())
            try await client.post("/nope", Samples.chat())
            try await client.get("/healthz")
            let replies = try await client.receive(until: "}]}")
            let statuses = replies.split(separator: "HTTP/1.1 ").map { $0.prefix(3) }
            #expect(statuses == ["413", "401", "404", "200"])
            #expect(server.service.asked.isEmpty)
        }
    }

    @Test func aSlowReaderSlowsTheExpertDown() async throws {
        // 256 MiB, far more than any socket holds.
        let piece = ScriptedService.Step.piece(.text(String(repeating: "x", count: 64 << 10)))
        let service = ScriptedService(Array(repeating: piece, count: 4096))
        try await LoopbackServer.serving(service) { server in
            let client = try server.connect()
            try await client.post(Self.chat, Self.streamed)
            _ = try await client.receive(until: "xxx")
            // Pulling comes to rest long before the end, and goes on when the client reads.
            let rest = Mutex(-1)
            try await eventually {
                try await Task.sleep(for: .milliseconds(100))
                return rest.withLock { rest in
                    defer { rest = service.pulls }
                    return rest == service.pulls
                }
            }
            let rested = service.pulls
            #expect(rested < 2048)
            for _ in 0..<256 { try await client.receiveAndForget() }
            try await eventually { service.pulls > rested }
        }
    }

    @Test(arguments: ["-5", "abc", "99999999999999999999999"])
    func aHostileLengthEndsTheConnectionAndNothingElse(_ length: String) async throws {
        try await LoopbackServer.serving { server in
            let client = try server.connect()
            let head = "POST \(Self.chat) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(length)\r\n\r\n"
            try await client.send(head + "{}")
            #expect(try await client.receiveAll().hasPrefix("HTTP/1.1 400 "))
            let other = try server.connect()
            try await other.get("/healthz")
            _ = try await other.receive(until: "}]}")
        }
    }

    @Test func aStopLetsARunningStreamFinishAndTakesNobodyElse() async throws {
        let latch = Latch()
        let service = ScriptedService([.piece(.text("first")), .waits(latch), .piece(.text("second"))])
        try await LoopbackServer.serving(service) { server in
            let client = try server.connect()
            try await client.post(Self.chat, Self.streamed)
            _ = try await client.receive(until: "first")
            await server.stop()
            try await eventually { (try? server.connect()) == nil }
            #expect(!server.hasEnded)
            latch.open()
            let all = try await client.receiveAll()
            #expect(all.contains("second") && all.contains("data: [DONE]\n\n"))
            try await server.end()
            #expect(service.cancellations == 0)
        }
    }

    @Test func aStopWithoutAnswersEndsAtOnceThoughAClientIsConnected() async throws {
        try await LoopbackServer.serving { server in
            let client = try server.connect()
            try await client.get("/healthz")
            _ = try await client.receive(until: "}]}")
            await server.stop()
            _ = try await client.receiveAll()
            try await server.end()
        }
    }

    @Test func theDrainBoundEndsAStreamThatDoesNotFinish() async throws {
        let service = ScriptedService([.piece(.text("first")), .waits(Latch())])
        try await LoopbackServer.serving(service, options: ServiceOptions(drain: .seconds(33))) { server in
            let client = try server.connect()
            try await client.post(Self.chat, Self.streamed)
            _ = try await client.receive(until: "first")
            await server.stop()
            try await eventually { server.time.sleeps.contains(.seconds(33)) }
            server.time.advance(by: .seconds(32))
            #expect(service.cancellations == 0 && !server.hasEnded)
            // The second that abandoned streams have to say so follows the bound.
            try await eventually {
                server.time.advance(by: .seconds(1))
                return server.hasEnded
            }
            try await server.end()
            #expect(service.cancellations == 1)
            let all = try await client.receiveAll()
            #expect(!all.contains("[DONE]"))
            #expect(server.log.all.contains { $0.contains("answers were cut short by the stop") })
        }
    }

    @Test func anAnswerCutShortByTheStopSaysSo() async throws {
        let service = ScriptedService([.piece(.text("first")), .waits(Latch())])
        try await LoopbackServer.serving(service, options: ServiceOptions(drain: .seconds(33))) { server in
            let client = try server.connect()
            try await client.post(Self.chat, Self.streamed)
            _ = try await client.receive(until: "first")
            await server.stop()
            try await eventually { server.time.sleeps.contains(.seconds(33)) }
            server.time.advance(by: .seconds(33))
            let all = try await client.receive(until: "answer_abandoned")
            #expect(all.contains(#"data: {"error":{"message":"#) && !all.contains("[DONE]"))
        }
    }

    @Test func aTakenAddressIsAFaultThatNamesIt() async throws {
        try await LoopbackServer.serving { server in
            let log = LogLines()
            let second = HTTPService(
                answering: server.service, traces: TraceShelf(), feedback: FeedbackShelf(),
                options: ServiceOptions(port: server.port), time: server.time.source, entropy: { 0 }, logger: log.logger
            )
            let fault = await #expect(throws: Fault.self) { try await second.run() }
            #expect(fault?.code == .addressTaken && fault?.subject == "127.0.0.1:\(server.port)")
        }
    }
}

extension String {
    /// How often a text occurs in this one.
    fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
