import CDashboard
import Crypto
import NIOCore

/// The files of the page. They lie in Sources/Dashboard/page and are part of the program itself.
struct DashboardFiles: Sendable {
    struct File: Sendable {
        var type: String
        var bytes: ByteBuffer
        /// Of the content, quoted as the header wants it.
        var tag: String
    }

    /// Made once, when the first page is opened.
    static let shared = DashboardFiles()

    private let files: [String: File]

    private init() {
        var files: [String: File] = [:]
        var index = 0
        while let next = dashboard_file(index)?.pointee {
            let bytes = UnsafeBufferPointer(start: next.bytes, count: next.count)
            let digest = SHA256.hash(data: UnsafeRawBufferPointer(bytes)).prefix(12)
            let name = String(cString: next.name)
            files[name] = File(
                type: Self.type(of: name), bytes: ByteBuffer(bytes: bytes),
                tag: "\"" + digest.map(\.paddedHex).joined() + "\"")
            index += 1
        }
        self.files = files
    }

    subscript(name: String) -> File? { files[name] }

    var names: [String] { files.keys.sorted() }

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }
}
