/// What a `ScriptedSocketServer` does with one request, byte by byte.
public struct SocketReply: Sendable {
    /// One thing it does.
    public enum Step: Sendable {
        case send([UInt8])
        case pause(Duration)
        /// Does nothing until this is true or the server stops.
        case wait(until: @Sendable () -> Bool)
        /// Does nothing until the client leaves or the server stops.
        case hang
        /// Ends the connection as TCP does when all is well.
        case close
        /// Ends the connection with a reset, as when a process is killed.
        case reset
    }

    public var steps: [Step]

    public init(_ steps: [Step]) { self.steps = steps }

    /// These bytes, then the next request on the same connection.
    public static func raw(_ text: String) -> SocketReply { SocketReply([.send(Array(text.utf8))]) }

    /// A whole response with its length.
    public static func response(
        _ status: Int = 200, type: String? = "application/json", headers: [String] = [], body: String
    ) -> SocketReply {
        var lines = ["HTTP/1.1 \(status) Reason", "Content-Length: \(body.utf8.count)"] + headers
        if let type { lines.append("Content-Type: \(type)") }
        return raw(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// JSON with status 200.
    public static func json(_ body: String) -> SocketReply { response(body: body) }

    /// Nothing at all comes.
    public static let hang = SocketReply([.hang])

    /// A body in chunks, as a server streams it.
    ///
    /// - Parameters:
    ///   - pause: between chunks.
    ///   - ending: what happens after the last chunk.
    public static func stream(
        _ chunks: [String], type: String = "text/event-stream", pause: Duration = .zero, ending: StreamEnding = .whole
    ) -> SocketReply {
        var steps: [Step] = [
            .send(
                Array("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nTransfer-Encoding: chunked\r\n\r\n".utf8))
        ]
        for chunk in chunks where !chunk.isEmpty {
            steps.append(.send(Array("\(String(chunk.utf8.count, radix: 16))\r\n\(chunk)\r\n".utf8)))
            if pause > .zero { steps.append(.pause(pause)) }
        }
        switch ending {
        case .whole: steps.append(.send(Array("0\r\n\r\n".utf8)))
        case .close: steps.append(.close)
        case .reset: steps.append(.reset)
        case .hang: steps.append(.hang)
        }
        return SocketReply(steps)
    }

    /// Server-sent events of these data, each in its own chunk.
    public static func events(_ data: [String], ending: StreamEnding = .whole) -> SocketReply {
        stream(data.map { "data: \($0)\n\n" }, ending: ending)
    }
}

/// What a server does after the last chunk of a stream.
public enum StreamEnding: Sendable {
    /// The end of the body, as HTTP has it.
    case whole
    /// The connection is closed in the middle of the body.
    case close
    /// The connection is reset in the middle of the body.
    case reset
    /// Nothing more comes.
    case hang
}
