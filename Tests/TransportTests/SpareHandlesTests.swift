import Support
import Testing
import Transport

/// What one request was told must be nothing to the next, though libcurl's handle is the same: requests one after the
/// other on one transport take the same handle.
@Suite(.timeLimit(.minutes(1)))
struct SpareHandlesTests {
    let transport = HTTPTransport()

    @Test func nothingOfTheRequestBeforeIsSent() async throws {
        let server = try ScriptedSocketServer(.json("{}"))
        let rich = HTTPRequest(
            method: "PUT", url: "http://somebody:secret@127.0.0.1:\(server.port)/v1/first",
            headers: [("Authorization", "Bearer key"), ("Content-Type", "text/plain"), ("X-One", "1")],
            body: Array("a body".utf8))
        let long = HTTPRequest(method: "POST", url: server.url, body: Array(repeating: 1, count: 100_000))
        for before in [rich, long] {
            _ = try await transport.exchange(before)
            _ = try await transport.exchange(HTTPRequest(url: server.url + "/plain"))
            let request = try #require(server.requests.last)
            #expect(request.method == "GET" && request.path == "/plain" && request.body.isEmpty)
            #expect(request.headers.map(\.name).sorted() == ["Accept", "Host"])
        }
    }

    @Test func aBodyFollowsARequestThatHadNone() async throws {
        let server = try ScriptedSocketServer(.json("{}"))
        for method in ["HEAD", "GET"] {
            _ = try await transport.exchange(HTTPRequest(method: method, url: server.url))
            let ask = HTTPRequest(method: "POST", url: server.url, body: Array("ask".utf8))
            #expect(try await transport.exchange(ask).text == "{}")
            let request = try #require(server.requests.last)
            #expect(request.method == "POST" && request.text == "ask")
        }
    }

    @Test func aSocketInTheFileSystemIsOnlyThatRequests() async throws {
        let folder = try TemporaryFolder()
        let file = try ScriptedSocketServer(unixSocket: folder.path("socket")) { _, _ in .json("from a file") }
        let port = try ScriptedSocketServer(.json("from a port"))
        for _ in 0..<3 {
            let first = HTTPRequest(url: port.url, unixSocket: folder.path("socket"))
            #expect(try await transport.exchange(first).text == "from a file")
            #expect(try await transport.exchange(HTTPRequest(url: port.url)).text == "from a port")
        }
        #expect(file.requests.count == 3 && port.requests.count == 3)
    }

    @Test func theWordsOfAFailureAreNotToldAgain() async throws {
        let deaf = try ScriptedSocketServer.deafPort()
        guard case .cannotConnect(let why)? = await transport.failure(HTTPRequest(url: "http://127.0.0.1:\(deaf)/"))
        else {
            Issue.record("nobody listens there")
            return
        }
        #expect(why.contains("\(deaf)"))
        let odd = try ScriptedSocketServer(.raw("SSH-2.0-OpenSSH_9.9\r\n"))
        guard case .protocolFailure(let reason)? = await transport.failure(HTTPRequest(url: odd.url)) else {
            Issue.record("that is not HTTP")
            return
        }
        #expect(!reason.contains("\(deaf)"))
    }
}
