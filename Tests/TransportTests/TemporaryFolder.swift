import Glibc

/// A folder that goes away with the test.
final class TemporaryFolder: Sendable {
    struct NoFolder: Error {
        var errno: Int32
    }

    private let root: String

    init() throws {
        var template = Array("/tmp/transport-tests-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        guard let made else { throw NoFolder(errno: errno) }
        root = String(cString: made)
    }

    deinit {
        guard let folder = opendir(root) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            unlink(path(name))
        }
        closedir(folder)
        rmdir(root)
    }

    func path(_ name: String) -> String { "\(root)/\(name)" }
}
