import Glibc

/// A TLS server with a certificate that only it vouches for: `openssl s_server`, which answers every GET with a page.
final class CertificateServer: Sendable {
    /// Why no server could be started.
    struct NoServer: Error {
        var step: String
    }

    /// Where `openssl` is; nil if the machine has none.
    static let openssl: String? = {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return path.split(separator: ":").map { "\($0)/openssl" }.first { access($0, X_OK) == 0 }
    }()

    private let folder: TemporaryFolder
    private let process: pid_t
    /// On 127.0.0.1.
    let port: Int

    /// Its own certificate, in the names of 127.0.0.1 and `named.localhost`.
    var certificate: String { folder.path("certificate") }

    /// - Parameter options: of `s_server`, beyond its place and its certificate.
    init(options: [String] = []) throws {
        guard let openssl = Self.openssl else { throw NoServer(step: "finding openssl") }
        folder = try TemporaryFolder()
        let (key, certificate) = (folder.path("key"), folder.path("certificate"))
        let making = try Self.spawn([
            openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1,DNS:named.localhost",
            "-keyout", key, "-out", certificate,
        ])
        close(making.output)
        var status: Int32 = 0
        guard waitpid(making.process, &status, 0) == making.process, status == 0 else {
            throw NoServer(step: "making a certificate")
        }
        let serving = try Self.spawn(
            [openssl, "s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, "-www"] + options)
        let found = Self.port(saidTo: serving.output)
        close(serving.output)
        guard let found else {
            Self.end(serving.process)
            throw NoServer(step: "listening")
        }
        process = serving.process
        port = found
    }

    deinit { Self.end(process) }

    private static func end(_ process: pid_t) {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }

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

    /// Starts a program; what it says can be read from `output`.
    private static func spawn(_ words: [String]) throws -> (process: pid_t, output: Int32) {
        var pipes: [Int32] = [0, 0]
        guard pipe(&pipes) == 0 else { throw NoServer(step: "making a pipe") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipes[1], 1)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_RDWR, 0)
        // Other tests' sockets, which must close when they are closed there.
        for other in 3..<min(Int32(sysconf(Int32(_SC_OPEN_MAX))), 4_096) {
            posix_spawn_file_actions_addclose(&actions, other)
        }
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        let result = posix_spawn(&process, words[0], &actions, nil, &arguments, environ)
        close(pipes[1])
        guard result == 0 else {
            close(pipes[0])
            throw NoServer(step: "starting \(words[1])")
        }
        return (process, pipes[0])
    }
}
