import Glibc
import Support
import Testing
import Transport

/// HTTP/2 against the reference server of nghttp2, where the machine has it.
@Suite(.timeLimit(.minutes(5)))
struct HTTP2Tests {
    static let hasServer = ChildProgram.openssl != nil && ChildProgram.nghttpd != nil
    let transport = HTTPTransport()

    @Test(.enabled(if: hasServer, "nghttpd (Debian: nghttp2-server) and openssl speak HTTP/2; this machine lacks one"))
    func isSpokenWhereTheServerOffersIt() async throws {
        let server = try await NGHTTPServer()
        let got = try await transport.exchange(server.request)
        #expect(got.response.status == 200 && got.response.version == "2")
        #expect(got.bytes == Array("page".utf8))
    }

    @Test(.enabled(if: hasServer, "nghttpd (Debian: nghttp2-server) and openssl speak HTTP/2; this machine lacks one"))
    func manyRequestsAtOnceAreAllAnswered() async throws {
        let server = try await NGHTTPServer()
        let transport = transport
        try await withThrowingTaskGroup { group in
            for _ in 0..<40 {
                group.addTask {
                    let got = try await transport.exchange(server.request)
                    #expect(got.response.version == "2" && got.bytes.count == 4)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test(.enabled(if: hasServer, "nghttpd (Debian: nghttp2-server) and openssl speak HTTP/2; this machine lacks one"))
    func aSlowReaderHoldsUpNoOtherOnTheSameConnection() async throws {
        let size = 8 << 20
        let server = try await NGHTTPServer(pageBytes: size)
        let slow = try await transport.send(server.request)
        #expect(slow.version == "2")
        var got = try #require(try await slow.body.next()).count
        for _ in 0..<3 { #expect(try await transport.exchange(server.request).bytes.count == size) }
        for try await piece in slow.body { got += piece.count }
        #expect(got == size)
    }
}

/// `nghttpd` with one page, over TLS.
private final class NGHTTPServer: Sendable {
    private let own: OwnCertificate
    private let pages: TemporaryFolder
    private let process: pid_t
    private let port: Int

    init(pageBytes: Int = 4) async throws {
        guard let program = ChildProgram.nghttpd else { throw ChildProgram.NotStarted(step: "finding nghttpd") }
        own = try OwnCertificate()
        pages = try TemporaryFolder()
        guard let file = fopen(pages.path("page"), "w") else { throw ChildProgram.NotStarted(step: "making a page") }
        let page = Array(repeating: Array("page".utf8), count: pageBytes / 4).flatMap { $0 }
        fwrite(page, 1, page.count, file)
        fclose(file)
        let directory = String(pages.path("page").dropLast("/page".count))
        // Somebody else may take a free port before it does.
        for _ in 0..<5 {
            let port = try ScriptedSocketServer.deafPort()
            let serving = try ChildProgram.spawn(
                [program, "--address=127.0.0.1", "--htdocs=\(directory)", String(port), own.key, own.certificate])
            close(serving.output)
            if try await Self.answers(Self.request(port, own)) {
                (self.port, process) = (port, serving.process)
                return
            }
            ChildProgram.end(serving.process)
        }
        throw ChildProgram.NotStarted(step: "listening")
    }

    /// It says nothing when it listens.
    private static func answers(_ request: HTTPRequest) async throws -> Bool {
        let transport = HTTPTransport()
        for _ in 0..<500 {
            if await transport.failure(request) == nil { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    deinit { ChildProgram.end(process) }

    var request: HTTPRequest { Self.request(port, own) }

    private static func request(_ port: Int, _ own: OwnCertificate) -> HTTPRequest {
        HTTPRequest(url: "https://127.0.0.1:\(port)/page", caFile: own.certificate)
    }
}
