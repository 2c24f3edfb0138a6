import Support
import Testing
import Transport

/// Request bodies too long to be sent with the head.
@Suite(.timeLimit(.minutes(1)))
struct LongBodyTests {
    let transport = HTTPTransport()

    // Around the length from which a body is not copied, and around the pieces that libcurl asks for.
    @Test(arguments: [65_535, 65_536, 65_537, 131_072, 131_073, 3_000_001])
    func arrivesAsItWas(_ length: Int) async throws {
        let server = try ScriptedSocketServer(.json("{}"))
        let body = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 / 7) }
        _ = try await transport.exchange(HTTPRequest(method: "POST", url: server.url, body: body))
        let request = try #require(server.requests.first)
        #expect(request.body == body && request.header("content-length") == "\(length)")
        #expect(request.header("expect") == nil && request.header("transfer-encoding") == nil)
    }

    @Test func goesFromItsBeginningWhereTheKeptConnectionTurnsOutToBeClosed() async throws {
        let server = try ScriptedSocketServer(SocketReply(SocketReply.json("once").steps + [.close]))
        let body = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 3) }
        for asked in 1...10 {
            let request = HTTPRequest(method: "POST", url: server.url, body: body)
            #expect(try await transport.exchange(request).text == "once")
            // A request that was on its way when its connection closed would not be sent again: it may have been read.
            #expect(await server.waits { $0.closedCount == asked })
        }
        #expect(server.requests.allSatisfy { $0.body == body } && server.requests.count == 10)
    }

    @Test func followsAndPrecedesShortOnesOnTheSameConnection() async throws {
        let server = try ScriptedSocketServer { request, _ in .json("\(request.body.count)") }
        for length in [3, 100_000, 0, 70_000, 5] {
            let request = HTTPRequest(method: "POST", url: server.url, body: Array(repeating: 7, count: length))
            #expect(try await transport.exchange(request).text == "\(length)")
        }
        #expect(server.connectionCount == 1)
    }

    @Test func cancellingHalfWayHangsUp() async throws {
        let server = try ScriptedSocketServer(.hang)
        let request = HTTPRequest(method: "POST", url: server.url, body: Array(repeating: 1, count: 30 << 20))
        let asking = Task { await transport.failure(request) }
        #expect(await server.waits { $0.connectionCount == 1 })
        asking.cancel()
        #expect(await asking.value == .cancelled)
    }
}
