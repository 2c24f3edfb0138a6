import Support
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct RequestFlawTests {
    let transport = HTTPTransport()
    static let noURL = "the address is not an http or https URL"
    static let control = "the address holds a space or control byte"

    @Test(arguments: [
        ("", noURL), ("127.0.0.1", noURL), ("/v1", noURL), ("ftp://127.0.0.1/", noURL), ("http://", noURL),
        ("file:///etc/passwd", noURL), ("http://[::1/", noURL), ("http://127.0.0.1:99999/", noURL),
        ("http://a b/", control), ("http://a/\r\nX: y", control), ("http://a/\u{0}", control),
        ("http://a/\u{7F}", control),
        (
            "http://a/" + String(repeating: "x", count: 70_000),
            "the address is longer than 64 KiB"
        ),
    ])
    func refusesWhatIsNoAddress(_ url: String, _ why: String) async throws {
        #expect(await transport.failure(HTTPRequest(url: url)) == .invalidRequest(why))
    }

    @Test(arguments: ["", "GET /x HTTP/1.1\r\nX:", "G T", "GÉT"])
    func refusesAMethodThatIsNoWord(_ method: String) async throws {
        try await expectRefusal("the method is not a word") { $0.method = method }
    }

    @Test(arguments: ["", "X Y", "X:", "X\r\nY", "X;", "Ä"])
    func refusesAHeaderNameThatIsNoWord(_ name: String) async throws {
        try await expectRefusal("a header's name is not a word") { $0.headers = [(name, "1")] }
    }

    @Test(arguments: ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u{0}b", "\r\n"])
    func refusesALineBreakInAHeader(_ value: String) async throws {
        try await expectRefusal("the value of header X-Name holds a line break or NUL") {
            $0.headers = [("X-Fine", "1"), ("X-Name", value)]
        }
    }

    @Test(arguments: ["Content-Length", "transfer-encoding"])
    func refusesASecondOpinionOnTheBody(_ name: String) async throws {
        try await expectRefusal("header \(name) is set from the body") { $0.headers = [(name, "5")] }
    }

    @Test(arguments: [
        ("", "the socket's path is empty or holds NUL"), ("/tmp/a\u{0}b", "the socket's path is empty or holds NUL"),
        ("/tmp/" + String(repeating: "x", count: 103), "the socket's path is longer than 107 bytes"),
    ])
    func refusesASocketPathThatNoSocketHas(_ path: String, _ why: String) async throws {
        try await expectRefusal(why) { $0.unixSocket = path }
    }

    @Test(arguments: ["", "/tmp/a\u{0}b"])
    func refusesACertificatePathThatNoFileHas(_ path: String) async throws {
        try await expectRefusal("the path of the certificate file is empty or holds NUL") { $0.caFile = path }
    }

    /// Breaks a request to a listening server, and expects the refusal and that nothing reached the server.
    private func expectRefusal(
        _ why: String, at location: SourceLocation = #_sourceLocation, breaking: (inout HTTPRequest) -> Void
    ) async throws {
        let server = try ScriptedSocketServer(.json("{}"))
        var request = HTTPRequest(url: server.url)
        breaking(&request)
        #expect(await transport.failure(request) == .invalidRequest(why), sourceLocation: location)
        // Had anything been sent, it would have been sent before this.
        #expect(await transport.failure(HTTPRequest(url: server.url)) == nil, sourceLocation: location)
        #expect(server.requests.count == 1 && server.connectionCount == 1, sourceLocation: location)
    }
}
