import Support
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct CertificateTests {
    static let hasOpenSSL = ChildProgram.openssl != nil
    let transport = HTTPTransport()

    @Test(.enabled(if: hasOpenSSL, "the command openssl makes the certificate; this machine has none"))
    func refusesACertificateThatNobodyTrustedVouchesFor() async throws {
        let server = try CertificateServer()
        await expectRefusal(HTTPRequest(url: "https://127.0.0.1:\(server.port)/"))
    }

    @Test(.enabled(if: hasOpenSSL, "the command openssl makes the certificate; this machine has none"))
    func acceptsItOnceItsAuthorityIsNamed() async throws {
        let server = try CertificateServer()
        let got = try await transport.exchange(
            HTTPRequest(url: "https://127.0.0.1:\(server.port)/", caFile: server.certificate))
        #expect(got.response.status == 200 && !got.bytes.isEmpty)
        // The trust is that request's, not the transport's.
        await expectRefusal(HTTPRequest(url: "https://127.0.0.1:\(server.port)/"))
    }

    @Test(.enabled(if: hasOpenSSL, "the command openssl makes the certificate; this machine has none"))
    func refusesACertificateForAnotherName() async throws {
        let server = try CertificateServer()
        await expectRefusal(HTTPRequest(url: "https://localhost:\(server.port)/", caFile: server.certificate))
    }

    @Test(.enabled(if: hasOpenSSL, "the command openssl makes the certificate; this machine has none"))
    func refusesTheTLSOfYesterday() async throws {
        let server = try CertificateServer(options: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
        await expectRefusal(HTTPRequest(url: "https://127.0.0.1:\(server.port)/", caFile: server.certificate))
    }

    @Test func refusesAFileOfCertificatesThatIsMissing() async throws {
        let server = try ScriptedSocketServer(.hang)
        let missing = try TemporaryFolder().path("none")
        await expectRefusal(HTTPRequest(url: "https://127.0.0.1:\(server.port)/", caFile: missing))
    }

    @Test func refusesAServerThatSpeaksNoTLS() async throws {
        let server = try ScriptedSocketServer(greeting: "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n") {
            _, _ in .hang
        }
        await expectRefusal(HTTPRequest(url: "https://127.0.0.1:\(server.port)/"))
    }

    private func expectRefusal(_ request: HTTPRequest, at location: SourceLocation = #_sourceLocation) async {
        let failure = await transport.failure(request)
        guard case .tls(let reason)? = failure else {
            Issue.record("\(String(describing: failure))", sourceLocation: location)
            return
        }
        #expect(!reason.isEmpty, sourceLocation: location)
    }
}
