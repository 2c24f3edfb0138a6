import Glibc

/// A request as it came over the socket.
public struct SocketRequest: Sendable {
    public var method: String
    public var path: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    /// The first header of this name, in any case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// Reads requests with a content length, one after the other, from a socket.
struct SocketRequestReader {
    private let client: Int32
    private var waiting: [UInt8] = []

    init(_ client: Int32) { self.client = client }

    /// The next request; nil when the client is gone, or `goesOn` says so.
    mutating func next(while goesOn: () -> Bool) -> SocketRequest? {
        let mark = Array("\r\n\r\n".utf8)
        while true {
            if let end = waiting.indices.first(where: { waiting[$0...].starts(with: mark) }) {
                let lines = String(decoding: waiting[..<end], as: UTF8.self).split(separator: "\r\n")
                var request = Self.head(lines)
                waiting.removeFirst(end + mark.count)
                let length = request.header("content-length").flatMap { Int($0) } ?? 0
                while waiting.count < length { guard readMore(goesOn) else { return nil } }
                request.body = Array(waiting.prefix(length))
                waiting.removeFirst(length)
                return request
            }
            guard readMore(goesOn) else { return nil }
        }
    }

    private static func head(_ lines: [Substring]) -> SocketRequest {
        let words = (lines.first ?? "").split(separator: " ")
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
        return SocketRequest(
            method: words.first.map(String.init) ?? "", path: words.dropFirst().first.map(String.init) ?? "",
            headers: headers, body: [])
    }

    private mutating func readMore(_ goesOn: () -> Bool) -> Bool {
        while goesOn() {
            guard let isReadable = ScriptedSocketServer.isReadable(client, within: 20) else { return false }
            guard isReadable else { continue }
            var buffer = [UInt8](repeating: 0, count: 16 << 10)
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            waiting += buffer.prefix(count)
            return true
        }
        return false
    }
}
