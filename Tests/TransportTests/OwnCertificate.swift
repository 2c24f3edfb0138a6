import Glibc

/// A certificate that only itself vouches for, in the names of 127.0.0.1 and `named.localhost`.
struct OwnCertificate {
    private let folder: TemporaryFolder

    var certificate: String { folder.path("certificate") }
    var key: String { folder.path("key") }

    init() throws {
        guard let openssl = ChildProgram.openssl else { throw ChildProgram.NotStarted(step: "finding openssl") }
        folder = try TemporaryFolder()
        let making = try ChildProgram.spawn([
            openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1,DNS:named.localhost",
            "-keyout", key, "-out", certificate,
        ])
        close(making.output)
        var status: Int32 = 0
        guard waitpid(making.process, &status, 0) == making.process, status == 0 else {
            throw ChildProgram.NotStarted(step: "making a certificate")
        }
    }
}
