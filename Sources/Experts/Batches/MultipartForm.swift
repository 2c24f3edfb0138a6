import Core

/// A form with a file, as `multipart/form-data` (RFC 7578).
struct MultipartForm {
    private var bytes: [UInt8] = []
    private let boundary: String

    /// - Parameter content: of the file; the boundary follows from it, so that it cannot stand in it by intent.
    init(fields: [(name: String, value: String)], file name: String, type: String, content: [UInt8]) {
        boundary = "muster-" + Fingerprint(of: String(decoding: content, as: UTF8.self)).hex
        bytes.reserveCapacity(content.count + 1_024)
        for (name, value) in fields {
            bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n".utf8
        bytes += "Content-Type: \(type)\r\n\r\n".utf8
        bytes += content
        bytes += "\r\n--\(boundary)--\r\n".utf8
    }

    /// The value of the header `Content-Type`.
    var type: String { "multipart/form-data; boundary=\(boundary)" }

    var body: [UInt8] { bytes }
}
