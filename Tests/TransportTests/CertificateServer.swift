import Glibc

/// A TLS server with a certificate that only it vouches for: `openssl s_server`, which answers every GET with a page.
final class CertificateServer: Sendable {
    private let own: OwnCertificate
    private let process: pid_t
    /// On 127.0.0.1.
    let port: Int

    /// Its own certificate.
    var certificate: String { own.certificate }

    /// - Parameter options: of `s_server`, beyond its place and its certificate.
    init(options: [String] = []) throws {
        guard let openssl = ChildProgram.openssl else { throw ChildProgram.NotStarted(step: "finding openssl") }
        own = try OwnCertificate()
        let serving = try ChildProgram.spawn(
            [openssl, "s_server", "-accept", "127.0.0.1:0", "-cert", own.certificate, "-key", own.key, "-www"]
                + options)
        let found = Self.port(saidTo: serving.output)
        close(serving.output)
        guard let found else {
            ChildProgram.end(serving.process)
            throw ChildProgram.NotStarted(step: "listening")
        }
        process = serving.process
        port = found
    }

    deinit { ChildProgram.end(process) }

    /// It says "ACCEPT 127.0.0.1:40123" once it listens.
    private static func port(saidTo output: Int32) -> Int? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(output, &byte, 1) == 1 {
            if byte != UInt8(ascii: "\n") {
                line.append(byte)
                continue
            }
            let text = String(decoding: line, as: UTF8.self)
            if text.hasPrefix("ACCEPT") { return text.split(separator: ":").last.flatMap { Int($0) } }
            line = []
        }
        return nil
    }
}
