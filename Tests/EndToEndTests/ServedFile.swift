import Support

/// A file on a server on loopback that understands ranges, and may break off or send readers on.
struct ServedFile: Sendable {
    let bytes: [UInt8]
    /// Bytes after which the first transfer of the whole is cut.
    var cut = Int.max
    /// Headers of every reply.
    var headers: [String] = []
    /// Where requests of other paths are sent on to; nil if every path has the file.
    var path: String?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The bytes 0 to 94, and what `sha256sum` says of them.
    static let small = ServedFile((0..<95).map { UInt8($0) })
    static let smallSum = "7d1905a3ace827ea1ac51c4fa08c281ed3be87e7f4e928d696bfde35c8f2dc0f"

    func server() throws -> ScriptedSocketServer { try ScriptedSocketServer { request, _ in reply(to: request) } }

    private func reply(to request: SocketRequest) -> SocketReply {
        if let path, request.path != path {
            return .response(302, headers: headers + ["Location: \(path)"], body: "")
        }
        // `bytes=40-` or `bytes=0-0`
        let range = (request.header("range") ?? "").split(whereSeparator: { "=-".contains($0) }).compactMap { Int($0) }
        let begin = range.first ?? 0
        let end = range.count > 1 ? range[1] + 1 : bytes.count
        let head =
            ["HTTP/1.1 \(range.isEmpty ? "200 OK" : "206 Partial Content")", "Content-Length: \(end - begin)"]
            + (range.isEmpty ? [] : ["Content-Range: bytes \(begin)-\(end - 1)/\(bytes.count)"])
            + (path == nil ? headers : [])
        let isCut = range.isEmpty && cut < bytes.count
        let body = bytes[begin..<(isCut ? cut : end)]
        return SocketReply(
            [.send(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)] + (isCut ? [.close] : []))
    }
}

extension ScriptedSocketServer {
    /// The ranges that were asked for after the first look at the file; "" where all of it was.
    var ranges: [String] { requests.map { $0.header("range") ?? "" }.filter { $0 != "bytes=0-0" } }
}
