import Support
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct TransportErrorTests {
    let transport = HTTPTransport()

    @Test func aBodyShorterThanItsLengthWasCutOff() async throws {
        #expect(
            try await failure(.cut("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")) == .closedEarly(bytes: 4))
    }

    @Test func whatCameBeforeTheCutIsHandedOver() async throws {
        let server = try ScriptedSocketServer(.cut("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"))
        let response = try await transport.send(HTTPRequest(url: server.url))
        #expect(try await response.body.next() == Array("half".utf8))
        #expect(await response.body.nextFailure() == .closedEarly(bytes: 4))
        #expect(await response.body.nextFailure() == .closedEarly(bytes: 4))
    }

    @Test func chunksWithoutTheirEndWereCutOff() async throws {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        #expect(try await failure(.cut(head + "5\r\nhello\r\n")) == .closedEarly(bytes: 5))
        #expect(try await failure(.cut(head + "5\r\nhel")) == .closedEarly(bytes: 3))
    }

    @Test func aResetMidBodyIsACut() async throws {
        let latch = Latch()
        let head = Array("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf".utf8)
        let server = try ScriptedSocketServer(SocketReply([.send(head), latch.wait, .reset]))
        let response = try await transport.send(HTTPRequest(url: server.url))
        #expect(try await response.body.next() == Array("half".utf8))
        latch.open()
        #expect(await response.body.nextFailure() == .closedEarly(bytes: 4))
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n"])
    func aConnectionClosedBeforeTheHeadWasCutOff(_ bytes: String) async throws {
        #expect(try await failure(.cut(bytes)) == .closedEarly(bytes: 0))
    }

    @Test func aRefusedPortCannotBeConnectedTo() async throws {
        let port = try ScriptedSocketServer.deafPort()
        let failure = await transport.failure(HTTPRequest(url: "http://127.0.0.1:\(port)/"))
        guard case .cannotConnect(let reason)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(reason.contains("127.0.0.1") && reason.contains("\(port)"))
    }

    @Test func aMissingSocketFileCannotBeConnectedTo() async throws {
        let request = HTTPRequest(url: "http://localhost/", unixSocket: try TemporaryFolder().path("none"))
        guard case .cannotConnect? = await transport.failure(request) else {
            Issue.record("expected cannotConnect")
            return
        }
    }

    @Test func aNameThatNoLookUpKnowsCannotBeResolved() async throws {
        // A label of 64 letters is refused before any name server is asked; RFC 1035, 2.3.4.
        let host = String(repeating: "a", count: 64) + ".invalid"
        let failure = await transport.failure(HTTPRequest(url: "http://\(host)/"))
        guard case .cannotResolve(let reason)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(reason.contains(host))
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH_9.9\r\n", "\u{0}\u{1}\u{2}garbage", "<html>", "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n",
    ])
    func whatIsNotHTTPIsAFailureOfTheProtocol(_ bytes: String) async throws {
        let failure = try await failure(.cut(bytes))
        guard case .protocolFailure(let reason)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test func aServerThatTalksBeforeItIsAskedIsNotHTTP() async throws {
        let server = try ScriptedSocketServer(greeting: "220 mail.invalid ESMTP\r\n") { _, _ in .hang }
        let failure = await transport.failure(HTTPRequest(url: server.url))
        guard case .protocolFailure? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test func noErrorHoldsAKey() async throws {
        let port = try ScriptedSocketServer.deafPort()
        let key = "sk-very-secret"
        let requests = [
            HTTPRequest(url: "http://127.0.0.1:\(port)/", headers: [("Authorization", "Bearer \(key)")]),
            HTTPRequest(url: "http://127.0.0.1:\(port)/", headers: [("Authorization", "Bearer \(key)\n")]),
            HTTPRequest(url: "ftp://\(key)@127.0.0.1:\(port)/\(key)"),
            HTTPRequest(url: "http://\(key):\(key)@127.0.0.1:\(port)/?key=\(key)"),
        ]
        for request in requests {
            let failure = try #require(await transport.failure(request))
            #expect(!"\(failure)".contains(key))
        }
    }

    /// How an exchange with a server fails that replies so.
    private func failure(_ reply: SocketReply) async throws -> TransportError? {
        let server = try ScriptedSocketServer(reply)
        return await transport.failure(HTTPRequest(url: server.url))
    }
}
