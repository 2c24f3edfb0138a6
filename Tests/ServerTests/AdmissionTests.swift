import Core
import Server
import Support
import Testing

/// More questions than are taken on.
@Suite(.timeLimit(.minutes(1)))
struct AdmissionTests {
    private static let chat = "/v1/chat/completions"

    private func serving(
        queue: Int, _ work: (LoopbackServer, LoopbackClient, Latch) async throws -> Void
    ) async throws {
        let latch = Latch()
        let service = ScriptedService([.piece(.text("first")), .waits(latch), .piece(.text("second"))])
        let limits = ServiceOptions.Limits(inFlight: 1, queue: queue, queueWait: .seconds(7))
        try await LoopbackServer.serving(service, options: ServiceOptions(limits: limits)) { server in
            let first = try server.connect()
            try await first.post(Self.chat, Samples.chat(#""stream": true"#), headers: "Connection: close\r\n")
            _ = try await first.receive(until: "first")
            try await work(server, first, latch)
        }
    }

    @Test func whoeverIsOneTooManyIsToldWhenToComeBack() async throws {
        try await serving(queue: 0) { server, first, latch in
            let second = try server.connect()
            try await second.post(Self.chat, Samples.chat())
            let refusal = try await second.receive(until: "overloaded")
            #expect(refusal.hasPrefix("HTTP/1.1 503 "))
            #expect(refusal.lowercased().contains("\r\nretry-after: 1\r\n"))
            #expect(refusal.contains("1 questions are being answered, and 0 questions wait already"))
            #expect(server.service.asked.count == 1)
            // What asks nobody takes no place.
            second.forget()
            try await second.get("/healthz")
            _ = try await second.receive(until: "}]}")
            latch.open()
            #expect(try await first.receiveAll().contains("data: [DONE]"))
            second.forget()
            try await second.post(Self.chat, Samples.chat())
            #expect(try await second.receive(until: #""total_tokens":10}}"#).hasPrefix("HTTP/1.1 200 "))
        }
    }

    /// The first as a header, the second in the body.
    @Test(arguments: [("x-muster-max-seconds: 2\r\n", ""), ("", #""muster": {"budget": {"seconds": 2}}"#)])
    func aQuestionsOwnTimeRunsWhileItWaits(_ header: String, _ member: String) async throws {
        try await serving(queue: 1) { server, first, latch in
            let second = try server.connect()
            try await second.post(Self.chat, Samples.chat(member), headers: header)
            while !server.time.sleeps.contains(.seconds(2)) { await Task.yield() }
            server.time.advance(by: .seconds(2))
            let refusal = try await second.receive(until: "budget_exceeded")
            #expect(refusal.hasPrefix("HTTP/1.1 429 "))
            latch.open()
            #expect(try await first.receiveAll().contains("data: [DONE]"))
        }
    }

    @Test func nobodyWaitsLongerThanIsAllowed() async throws {
        try await serving(queue: 1) { server, first, latch in
            let second = try server.connect()
            try await second.post(Self.chat, Samples.chat())
            while !server.time.sleeps.contains(.seconds(7)) { await Task.yield() }
            server.time.advance(by: .seconds(7))
            let refusal = try await second.receive(until: "overloaded")
            #expect(refusal.hasPrefix("HTTP/1.1 503 ") && refusal.contains("no place was free within 7.0 s"))
            latch.open()
            #expect(try await first.receiveAll().contains("data: [DONE]"))
        }
    }
}
