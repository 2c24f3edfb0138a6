import Support
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTPTransportTests {
    let transport = HTTPTransport()

    @Test func methodPathHeadersAndBodyArriveAsSent() async throws {
        let server = try ScriptedSocketServer(.json("{}"))
        // Every byte there is, line breaks and NUL included.
        let body = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        _ = try await transport.exchange(
            HTTPRequest(
                method: "PATCH", url: server.url + "/v1/ask%20me?x=1&y=%C3%BC",
                headers: [("X-One", "1"), ("x-twice", "a;b, c:d"), ("X-Twice", "ü"), ("X-Empty", "")], body: body))
        let request = try #require(server.requests.first)
        #expect(request.method == "PATCH" && request.path == "/v1/ask%20me?x=1&y=%C3%BC")
        #expect(request.body == body)
        let given = request.headers.filter { $0.name.lowercased().hasPrefix("x-") }
        #expect(given.map(\.name) == ["X-One", "x-twice", "X-Twice", "X-Empty"])
        #expect(given.map(\.value) == ["1", "a;b, c:d", "ü", ""])
    }

    @Test func addsNothingButWhatHTTPNeeds() async throws {
        let server = try ScriptedSocketServer(.json("{}"))
        _ = try await transport.exchange(HTTPRequest(method: "POST", url: server.url, body: Array("{}".utf8)))
        let headers = try #require(server.requests.first).headers
        #expect(
            headers.map { "\($0.name): \($0.value)" }.sorted()
                == ["Accept: */*", "Content-Length: 2", "Host: 127.0.0.1:\(server.port)"])
    }

    @Test func aHeaderOfSpacesArrivesEmpty() async throws {
        let server = try ScriptedSocketServer(.json("{}"))
        _ = try await transport.exchange(HTTPRequest(url: server.url, headers: [("X-Blank", " \t ")]))
        #expect(server.requests.first?.header("x-blank") == "")
    }

    @Test func anEmptyPostHasALengthOfZero() async throws {
        let server = try ScriptedSocketServer(.json("{}"))
        _ = try await transport.exchange(HTTPRequest(method: "POST", url: server.url))
        #expect(server.requests.first?.header("content-length") == "0")
    }

    @Test func aHeadRequestHasNoBody() async throws {
        let server = try ScriptedSocketServer(.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"))
        let got = try await transport.exchange(HTTPRequest(method: "HEAD", url: server.url))
        #expect(got.bytes.isEmpty && got.response.header("content-length") == "1000")
        #expect(server.requests.first?.method == "HEAD")
    }

    @Test func givesBackStatusVersionHeadersAndBody() async throws {
        let server = try ScriptedSocketServer(
            .response(201, type: nil, headers: ["X-Kind:  odd \t", "x-kind: even"], body: "hello"))
        let got = try await transport.exchange(HTTPRequest(url: server.url))
        #expect(got.response.status == 201 && got.response.version == "1.1" && got.text == "hello")
        #expect(got.response.header("X-KIND") == "odd" && got.response.header("absent") == nil)
        #expect(got.response.headers.map(\.name) == ["Content-Length", "X-Kind", "x-kind"])
    }

    @Test(arguments: [204, 301, 401, 429, 500, 599])
    func whateverTheStatusAHeadIsASuccess(_ status: Int) async throws {
        let server = try ScriptedSocketServer(.raw("HTTP/1.1 \(status) X\r\nContent-Length: 0\r\n\r\n"))
        #expect(try await transport.exchange(HTTPRequest(url: server.url)).response.status == status)
    }

    @Test func theHeadComesBeforeTheBodyIsFinished() async throws {
        let latch = Latch()
        let server = try ScriptedSocketServer(
            SocketReply([
                .send(Array("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Early: yes\r\n\r\n".utf8)), latch.wait,
                .send(Array("body".utf8)),
            ]))
        let response = try await transport.send(HTTPRequest(url: server.url))
        #expect(response.status == 200 && response.header("x-early") == "yes")
        latch.open()
        #expect(try await response.body.collect(upTo: 4) == Array("body".utf8))
    }

    @Test func reportsARedirectAndDoesNotFollowIt() async throws {
        let target = try ScriptedSocketServer(.json("{}"))
        let server = try ScriptedSocketServer(.response(307, headers: ["Location: \(target.url)"], body: ""))
        let got = try await transport.exchange(HTTPRequest(url: server.url))
        #expect(got.response.status == 307 && got.response.header("location") == target.url)
        #expect(target.connectionCount == 0)
    }

    @Test func reachesASocketInTheFileSystem() async throws {
        let folder = try TemporaryFolder()
        let server = try ScriptedSocketServer(unixSocket: folder.path("socket")) { _, _ in .json("from a file") }
        let got = try await transport.exchange(
            HTTPRequest(url: "http://no-such-host.invalid/x", unixSocket: folder.path("socket")))
        #expect(got.text == "from a file")
        let request = try #require(server.requests.first)
        #expect(request.path == "/x" && request.header("host") == "no-such-host.invalid")
    }

    @Test func oneSocketIsNotTakenForAnother() async throws {
        let folder = try TemporaryFolder()
        let servers = try ["a", "b"].map { name in
            try ScriptedSocketServer(unixSocket: folder.path(name)) { _, _ in .json(name) }
        }
        for name in ["a", "b", "a"] {
            let request = HTTPRequest(url: "http://localhost/", unixSocket: folder.path(name))
            #expect(try await transport.exchange(request).text == name)
        }
        #expect(servers.map(\.connectionCount) == [1, 1])
    }
}
