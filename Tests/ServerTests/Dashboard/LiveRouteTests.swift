import Core
import Server
import Support
import Testing

struct LiveRouteTests {
    private let time = ManualTime(.waits)

    private func trace(_ number: Int, seconds: Double, dollars: Double = 0.001) -> Trace {
        var trace = Samples.trace(id: "t\(number)")
        trace.outcome = .complete
        trace.seconds = seconds
        trace.dollars = dollars
        trace.usage = Usage(promptTokens: 10, completionTokens: 5)
        trace.attempts = [
            Attempt(
                expert: "maths", role: .seat, seconds: seconds, firstTextSeconds: seconds / 2,
                usage: Usage(promptTokens: 10, completionTokens: 5), dollars: dollars, finish: .stop)
        ]
        return trace
    }

    /// The data of the latest event of a kind.
    private func event(_ name: String, in text: String) throws -> JSONValue {
        let block = try #require(
            text.split(separator: "event: ").last { $0.hasPrefix(name + "\n") && $0.contains("\n\n") })
        let data = try #require(block.split(separator: "\n").first { $0.hasPrefix("data: ") })
        return try JSONReader.read(Array(data.dropFirst("data: ".count).utf8))
    }

    @Test func beginsWithTheLastHourAndGoesOnEverySecond() async throws {
        let board = LiveBoard(time: time.source)
        board.finished(trace(1, seconds: 0.1))
        board.finished(trace(2, seconds: 0.3))
        try await LoopbackServer.serving(insight: .sample(board: board), time: time) { server in
            let client = try server.connect()
            try await client.get("/insight/live")
            let opened = try await client.receive(until: "\n\n\r\n")
            #expect(opened.lowercased().contains("content-type: text/event-stream"))
            let history = try event("history", in: opened)
            let point = history["hour"]?.elements?.last
            #expect(point?["questions"] == .integer(2) && point?["width"] == .integer(10))
            #expect(point?["at"] == .integer(1_700_000_000_000_000) && point?["tokens"] == .integer(30))
            // Of 0.1 s and 0.3 s the median lies in the first one's bucket, 0.096 s to 0.128 s.
            let median = point?["latency"]?["p50"]?.double ?? 0
            #expect(median > 0.09 && median < 0.13)
            #expect(history["day"]?.elements?.last?["width"] == .integer(300))
            let now = history["now"]
            #expect(now?["traces"]?.elements?.map { $0["id"] } == [.string("t1"), .string("t2")])
            #expect(abs((now?["dollars_per_hour"]?.double ?? 0) - 0.12) < 1e-9)
            let maths = now?["experts"]?.elements?.last
            #expect(maths?["id"] == .string("maths") && maths?["state"] == .string("ready"))
            // Ten tokens in 0.05 s and 0.15 s of writing.
            #expect(abs((maths?["tokens_per_second"]?.double ?? 0) - 50) < 1e-6)

            try await eventually { time.sleeperCount > 0 }
            client.forget()
            board.finished(trace(3, seconds: 0.2))
            time.advance(by: .seconds(1))
            let later = try event("now", in: try await client.receive(until: "\n\n\r\n"))
            #expect(later["traces"]?.elements?.last?["id"] == .string("t3"))
            client.close()
        }
    }

    @Test func anOpenPageIsNobodysQuestion() async throws {
        try await LoopbackServer.serving(insight: .sample(), time: time) { server in
            let client = try server.connect()
            try await client.get("/insight/live")
            let history = try event("history", in: try await client.receive(until: "\n\n\r\n"))
            #expect(history["now"]?["open_streams"] == .integer(0))
            let other = try server.connect()
            try await other.get("/metrics")
            #expect(
                try await other.receive(until: "muster_requests_in_flight 1.0\n").contains("muster_open_streams 0.0"))
            client.close()
            other.close()
        }
    }

    @Test func aStopDoesNotWaitForAPageThatIsLeftOpen() async throws {
        let server = try await LoopbackServer(insight: .sample(), time: time)
        let client = try server.connect()
        try await client.get("/insight/live")
        _ = try await client.receive(until: "event: history")
        try await eventually { time.sleeperCount > 0 }
        await server.stop()
        // Nobody turns the clock: neither the drain nor the next second ends it.
        let all = try await client.receiveAll()
        #expect(all.hasSuffix("0\r\n\r\n"))
        try await server.end()
    }

    @Test func refusedRequestsCountAsErrors() async throws {
        let board = LiveBoard(time: time.source)
        let server = try await LoopbackServer(insight: .sample(board: board), time: time)
        let client = try server.connect()
        try await client.post("/v1/chat/completions", "{")
        _ = try await client.receive(until: "invalid_json")
        let page = try server.connect()
        try await page.get("/insight/live")
        let history = try event("history", in: try await page.receive(until: "\n\n\r\n"))
        #expect(history["now"]?["errors"] == .integer(1))
        #expect(history["hour"]?.elements?.last?["requests"] == .integer(1))
        #expect(history["hour"]?.elements?.last?["questions"] == .integer(0))
        client.close()
        page.close()
        await server.stop()
        try await server.end()
    }
}
