import Support
import Testing
import Transport

/// Several threads that drive requests are as one to whoever asks.
@Suite(.timeLimit(.minutes(1)))
struct TransportThreadsTests {
    let transport = HTTPTransport(threads: 4)

    @Test func requestsInTurnShareOneConnection() async throws {
        let server = try ScriptedSocketServer(.json("again"))
        for _ in 0..<20 { #expect(try await transport.exchange(HTTPRequest(url: server.url)).text == "again") }
        #expect(server.connectionCount == 1)
    }

    @Test func requestsAtOnceEachGetTheirOwnAnswer() async throws {
        let everybodyIsHere = Latch()
        let server = try ScriptedSocketServer { request, index in
            if index == 63 { everybodyIsHere.open() }
            return SocketReply([everybodyIsHere.wait] + SocketReply.json(request.path).steps)
        }
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<64 {
                group.addTask { try await transport.exchange(HTTPRequest(url: "\(server.url)/\(number)")).text }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(answers == Set((0..<64).map { "/\($0)" }))
    }

    @Test(arguments: [1, 2, 5, 9])
    func theLimitsAreThoseOfAllTogether(_ most: Int) async throws {
        let narrow = HTTPTransport(limits: .init(hostConnections: most), threads: 4)
        let server = try ScriptedSocketServer(.json("in turn"))
        try await withThrowingTaskGroup { group in
            for _ in 0..<40 { group.addTask { _ = try await narrow.exchange(HTTPRequest(url: server.url)) } }
            try await group.waitForAll()
        }
        #expect(server.requests.count == 40 && server.connectionCount <= most)
    }

    @Test func shuttingDownEndsThemAll() async throws {
        let silent = try ScriptedSocketServer(.hang)
        let url = silent.url
        let transport = transport
        let asking = (0..<8).map { _ in Task { await transport.failure(HTTPRequest(url: url)) } }
        #expect(await silent.waits { $0.requests.count == 8 })
        transport.shutdown()
        for task in asking { #expect(await task.value == .shutDown) }
        #expect(await silent.waits { $0.hangUps == 8 })
    }
}
