import Core
import Server
import Testing

struct RequestClockTests {
    private static func serving(
        _ limits: ConnectionLimits, _ service: ScriptedService = ScriptedService(),
        _ work: (LoopbackServer) async throws -> Void
    ) async throws {
        try await LoopbackServer.serving(service, options: ServiceOptions(connection: limits), work)
    }

    @Test func aHeaderThatNeverEndsIsAnsweredAndHungUpOn() async throws {
        try await Self.serving(ConnectionLimits(headTime: .milliseconds(50))) { server in
            let client = try server.connect()
            try await client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            let all = try await client.receiveAll()
            #expect(all.hasPrefix("HTTP/1.1 408 Request Timeout\r\n") && all.contains("connection: close"))
            #expect(all.contains(#""code":"request_timeout""#) && all.contains("server.limits.head_time"))
            #expect(all.contains("did not arrive within 0.05 s"))
        }
    }

    @Test func aBodyThatNeverEndsIsAnsweredAndHungUpOn() async throws {
        try await Self.serving(ConnectionLimits(bodyTime: .milliseconds(50))) { server in
            let client = try server.connect()
            try await client.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000\r\n\r\n{")
            let all = try await client.receiveAll()
            #expect(all.hasPrefix("HTTP/1.1 408 ") && all.contains("server.limits.body_time"))
        }
    }

    /// An attacker's way: a byte now and then keeps a connection from looking idle.
    @Test func dripsDoNotPutItOff() async throws {
        try await Self.serving(ConnectionLimits(headTime: .milliseconds(200))) { server in
            let client = try server.connect()
            try await client.send("GET /v1/models HTTP/1.1\r\n")
            // Well past the moment at which it is told off; what it still sends then is thrown away.
            for _ in 0..<40 {
                try? await client.send("X-A: b\r\n")  // it may have hung up
                try await Task.sleep(for: .milliseconds(10))
            }
            let all = try await client.receiveAll()
            #expect(all.hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test func anAnswerMayTakeLongerThanTheRequest() async throws {
        let latch = Latch()
        let service = ScriptedService([.waits(latch)])
        try await Self.serving(
            ConnectionLimits(headTime: .milliseconds(40), bodyTime: .milliseconds(40)), service
        ) { server in
            let client = try server.connect()
            try await client.post("/v1/chat/completions", Samples.chat())
            try await eventually { server.service.pulls == 1 }
            // Several looks of the clock fall into this.
            try await Task.sleep(for: .milliseconds(200))
            latch.open()
            #expect(try await client.receive(until: "Forty-two").hasPrefix("HTTP/1.1 200 "))
            // The connection goes on, and its clock with it.
            client.forget()
            try await client.get("/v1/models")
            _ = try await client.receive(until: "vendor/maths")
            client.forget()
            try await client.send("GET /v1/mo")
            #expect(try await client.receiveAll().hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test(arguments: [
        String(repeating: "X-A: " + String(repeating: "b", count: 500) + "\r\n", count: 5),
        String(repeating: "X-A: b\r\n", count: 50), "X-Long: " + String(repeating: "b", count: 5000) + "\r\n",
    ])
    func aHeaderThatIsTooLargeIs431(_ fields: String) async throws {
        try await Self.serving(ConnectionLimits(headerSize: 2048, headerCount: 40)) { server in
            let client = try server.connect()
            try await client.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n")
            let all = try await client.receiveAll()
            #expect(all.hasPrefix("HTTP/1.1 431 "), "\(all)")
            #expect(all.contains("server.limits.header_size") && all.contains(#""code":"header_too_large""#))
        }
    }

    @Test(arguments: [
        "hello\r\n\r\n", "GET /v1/models\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
    ])
    func whatIsNoHTTPIsAnsweredInHTTP(_ text: String) async throws {
        try await Self.serving(ConnectionLimits()) { server in
            let client = try server.connect()
            try await client.send(text)
            let all = try await client.receiveAll()
            #expect(all.hasPrefix("HTTP/1.1 400 ") && all.contains(#""code":"invalid_http""#), "\(all)")
        }
    }

    @Test func whatIsNoHTTPAfterARequestIsAnsweredWhenItsTurnHasCome() async throws {
        let latch = Latch()
        try await Self.serving(ConnectionLimits(), ScriptedService([.waits(latch), .piece(.text("42"))])) { server in
            let client = try server.connect()
            try await client.post("/v1/chat/completions", Samples.chat())
            try await client.send("hello\r\n\r\n")
            try await eventually { server.service.pulls == 1 }
            latch.open()
            let all = try await client.receiveAll()
            let last = try #require(all.firstRange(of: "HTTP/1.1 400 "))
            #expect(all.hasPrefix("HTTP/1.1 200 ") && all[..<last.lowerBound].hasSuffix("}"), "\(all)")
            #expect(all[last.lowerBound...].contains(#""code":"invalid_http""#))
        }
    }

    @Test func whoAsksForNothingMoreIsToldNothingMore() async throws {
        try await Self.serving(ConnectionLimits()) { server in
            let client = try server.connect()
            try await client.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Connection: close\r\nContent-Length: 1\r\n\r\n\(Samples.chat())")
            let all = try await client.receiveAll()
            #expect(all.hasPrefix("HTTP/1.1 400 ") && all.contains(#""code":"invalid_json""#), "\(all)")
            #expect(!all.contains("invalid_http"))
        }
    }

    /// More than the system's buffers hold: who sends all of it before it reads would else wait for ever.
    @Test(arguments: ["Connection: close\r\n", ""])
    func whatIsLeftOfABodyIsReadAfterItsRefusal(_ field: String) async throws {
        try await LoopbackServer.serving(options: ServiceOptions(maximumBody: 1000)) { server in
            let client = try server.connect()
            let body = String(repeating: " ", count: 20 << 20)
            try await client.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\(field)"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            #expect(try await client.receive(until: "}").hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func furtherConnectionsWaitUntilOneEnds() async throws {
        try await Self.serving(ConnectionLimits(connections: 1)) { server in
            let first = try server.connect()
            try await first.get("/v1/models")
            _ = try await first.receive(until: "vendor/maths")
            let second = try server.connect()
            try await second.get("/v1/models")
            first.close()
            #expect(try await second.receive(until: "vendor/maths").hasPrefix("HTTP/1.1 200 "))
        }
    }
}
