import Support
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct ResponseHeadTests {
    let transport = HTTPTransport()
    static let tooLarge = TransportError.headTooLarge(limit: 65_536)

    @Test func aHeadOfMoreThan64KiBIsRefused() async throws {
        let line = "X-Long: " + String(repeating: "x", count: 8_000) + "\r\n"
        #expect(try await send("HTTP/1.1 200 OK\r\n" + String(repeating: line, count: 8)).headers.count == 9)
        await #expect(throws: Self.tooLarge) {
            try await send("HTTP/1.1 200 OK\r\n" + String(repeating: line, count: 9))
        }
    }

    @Test func aHeadThatNeverEndsIsRefusedAndHungUpOn() async throws {
        let flood = String(repeating: "X-More: " + String(repeating: "x", count: 500) + "\r\n", count: 40_000)
        let server = try ScriptedSocketServer(.stall("HTTP/1.1 200 OK\r\n" + flood))
        #expect(await transport.failure(HTTPRequest(url: server.url)) == Self.tooLarge)
        #expect(await server.waits { $0.hangUps == 1 })
    }

    @Test func oneLineThatNeverEndsIsRefusedAndHungUpOn() async throws {
        let line = "X-More: " + String(repeating: "x", count: 20 << 20)
        let server = try ScriptedSocketServer(.stall("HTTP/1.1 200 OK\r\n" + line))
        let failure = await transport.failure(HTTPRequest(url: server.url))
        switch failure {
        // libcurl has its own bound on a line, and its own words.
        case .headTooLarge?, .protocolFailure?: break
        default: Issue.record("\(String(describing: failure))")
        }
        #expect(await server.waits { $0.hangUps == 1 })
    }

    @Test func announcementsWithoutEndAreRefused() async throws {
        let flood = String(repeating: "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n", count: 40_000)
        let server = try ScriptedSocketServer(.stall(flood))
        #expect(await transport.failure(HTTPRequest(url: server.url)) == Self.tooLarge)
        #expect(await server.waits { $0.hangUps == 1 })
    }

    @Test func trailersWithoutEndAreRefused() async throws {
        let trailers = String(repeating: "X-More: " + String(repeating: "x", count: 500) + "\r\n", count: 40_000)
        let server = try ScriptedSocketServer(
            .stall("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n" + trailers))
        let response = try await transport.send(HTTPRequest(url: server.url))
        #expect(try await response.body.next() == Array("body".utf8))
        #expect(await response.body.nextFailure() == Self.tooLarge)
    }

    @Test func moreThan256HeadersAreRefused() async throws {
        let few = String(repeating: "a: b\r\n", count: 255)
        #expect(try await send("HTTP/1.1 200 OK\r\n" + few).headers.count == 256)
        await #expect(throws: TransportError.protocolFailure(reason: "the head holds more than 256 headers")) {
            try await send("HTTP/1.1 200 OK\r\n" + few + "a: b\r\n")
        }
    }

    @Test func aHeadThatOnlyAnnouncesAnotherIsNotTheAnswer() async throws {
        let response = try await send("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 200 OK\r\n")
        #expect(response.status == 200 && response.header("link") == nil)
    }

    @Test func linesThatAreNoHeadersAreLeftOut() async throws {
        let response = try await send("HTTP/1.1 200 OK\r\nX-A: 1\r\n continued: 2\r\nX-Empty:\r\n")
        #expect(response.headers.map(\.name) == ["X-A", "X-Empty", "Content-Length"])
        #expect(response.header("x-a") == "1" && response.header("x-empty") == "")
    }

    @Test func bytesThatAreNotTextAreReadAllTheSame() async throws {
        let bytes = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Odd: a".utf8) + [0xFF, 0xFE]
        let server = try ScriptedSocketServer(SocketReply([.send(bytes + Array("b\r\n\r\n".utf8))]))
        let response = try await transport.send(HTTPRequest(url: server.url))
        #expect(response.header("x-odd") == "a\u{FFFD}\u{FFFD}b")
    }

    /// Sends a head that lacks its length and its empty line.
    private func send(_ head: String) async throws -> HTTPResponse {
        let server = try ScriptedSocketServer(.raw(head + "Content-Length: 0\r\n\r\n"))
        return try await transport.send(HTTPRequest(url: server.url))
    }
}
