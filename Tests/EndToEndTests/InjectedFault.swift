import Support

/// Something that an expert does wrong, or right but unusually, and what becomes of it.
struct InjectedFault: Sendable {
    /// Whether its answer counts.
    enum Truth: Sendable {
        case good, bad
        /// Both are right: how much of the answer gets through depends on the system.
        case either
    }

    static let text = "Seven, é 🙂. Answer: 7"
    private static let pieces = ["Seven, ", "é 🙂", ". Answer: 7"]

    var name: String
    var isStream: Bool
    var steps: [SocketReply.Step]
    var truth: Truth

    private init(_ name: String, isStream: Bool = false, _ steps: [SocketReply.Step], _ truth: Truth) {
        self.name = name
        self.isStream = isStream
        self.steps = steps
        self.truth = truth
    }

    // MARK: Sound answers

    private static let completion =
        #"{"choices":[{"index":0,"message":{"content":"\#(text)"},"finish_reason":"stop"}]}"#
    private static let events =
        pieces.map { #"{"choices":[{"index":0,"delta":{"content":"\#($0)"}}]}"# }
        + [#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#, "[DONE]"]

    private static func whole(_ body: String, _ lines: String...) -> [UInt8] {
        head(lines + ["Content-Length: \(body.utf8.count)"]) + Array(body.utf8)
    }

    private static func stream(_ events: [String], lineEnd: String = "\n", end: String = "0\r\n\r\n") -> [UInt8] {
        let chunks = events.map { event in
            let text = "data: \(event)\(lineEnd)\(lineEnd)"
            return "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
        }
        return head(["Content-Type: text/event-stream", "Transfer-Encoding: chunked"])
            + Array((chunks.joined() + end).utf8)
    }

    private static func head(_ lines: [String], status: String = "HTTP/1.1 200 OK") -> [UInt8] {
        Array(([status, "Connection: close"] + lines + ["", ""]).joined(separator: "\r\n").utf8)
    }

    /// A sound answer in either form.
    static func sound(isStream: Bool) -> SocketReply {
        SocketReply([.send(isStream ? stream(events) : whole(completion)), .close])
    }

    // MARK: Faults

    /// An answer that ends early, at every so many bytes, in this way.
    static func cuts(_ ending: SocketReply.Step, every step: Int) -> [InjectedFault] {
        let plain = whole(completion)
        let streamed = stream(events)
        // Once the finish is announced nothing more is needed.
        let settled = streamed.count - String(decoding: streamed, as: UTF8.self).tail(from: #""stop""#)
        return [(false, plain, plain.count), (true, streamed, settled)].flatMap { isStream, bytes, settled in
            stride(from: 0, to: bytes.count, by: step).map { at in
                InjectedFault(
                    "cut at \(at) of \(bytes.count)", isStream: isStream, [.send(Array(bytes[..<at])), ending],
                    at < settled ? .bad : .either)
            }
        }
    }

    /// A sound stream in two parts, parted at every so many bytes.
    static func splits(every step: Int) -> [InjectedFault] {
        let bytes = stream(events)
        return stride(from: 1, to: bytes.count, by: step).map { at in
            InjectedFault(
                "split at \(at)", isStream: true,
                [.send(Array(bytes[..<at])), .pause(.microseconds(200)), .send(Array(bytes[at...])), .close], .good)
        }
    }

    /// Answers whose form is wrong, or right but unusual.
    static let odd: [InjectedFault] = oddHeads + oddBodies + oddStreams

    private static let oddHeads: [InjectedFault] = {
        let body = Array(completion.utf8)
        let length = "Content-Length: \(body.count)"
        let heads: [(String, [UInt8], Truth)] = [
            ("100 first", Array("HTTP/1.1 100 Continue\r\n\r\n".utf8) + head([length]), .good),
            (
                "103 twice",
                Array("HTTP/1.1 103 Hints\r\nA: b\r\n\r\nHTTP/1.1 103 Hints\r\n\r\n".utf8) + head([length]), .good
            ),
            ("endless 103", (0..<5_000).flatMap { _ in Array("HTTP/1.1 103 Hints\r\nA: b\r\n\r\n".utf8) }, .bad),
            ("HTTP/1.0", head([], status: "HTTP/1.0 200 OK"), .good),
            ("no HTTP", Array("SSH-2.0-OpenSSH\r\n".utf8), .bad),
            ("a header of 100 KiB", head([length, "A: " + String(repeating: "x", count: 100 << 10)]), .bad),
            ("1000 headers", head([length] + Array(repeating: "A: b", count: 1_000)), .bad),
            ("too long a length", head(["Content-Length: \(body.count + 9)"]), .bad),
            ("too short a length", head(["Content-Length: \(body.count - 9)"]), .bad),
            ("status 500", head([length], status: "HTTP/1.1 500 No"), .bad),
            ("status 302", head([length, "Location: /"], status: "HTTP/1.1 302 There"), .bad),
            ("bad chunks", head(["Transfer-Encoding: chunked"]) + Array("zz\r\n".utf8), .bad),
            ("chunks without end", head(["Transfer-Encoding: chunked"]) + Array("999\r\n".utf8), .bad),
        ]
        return heads.map { name, head, truth in InjectedFault(name, [.send(head + body), .close], truth) }
    }()

    private static let oddBodies: [InjectedFault] = [
        ("an empty body", ""), ("HTML", "<html>502</html>"), ("null", "null"), ("a list", "[]"), ("no choice", "{}"),
        ("an error", #"{"error":{"message":"out of memory"}}"#), ("half of it", String(completion.prefix(50))),
        ("deep nesting", String(repeating: "[", count: 50_000)), ("null bytes", String(repeating: "\0", count: 100)),
    ].map { name, body in InjectedFault(name, [.send(whole(body)), .close], .bad) }

    private static let oddStreams: [InjectedFault] = {
        let error = #"{"error":{"message":"out of memory"}}"#
        let streams: [(String, [UInt8], Truth)] = [
            ("CRLF", stream(events, lineEnd: "\r\n"), .good), ("CR", stream(events, lineEnd: "\r"), .good),
            ("no end mark", stream(Array(events.dropLast())), .good),
            ("no last chunk", stream(events, end: ""), .good),
            ("words after the end mark", stream(events + events), .good),
            ("an error first", stream([error]), .bad),
            ("an error in the middle", stream(Array(events.prefix(2)) + [error]), .bad),
            ("an error and an end mark", stream(Array(events.prefix(2)) + [error, "[DONE]"]), .bad),
            ("no JSON", stream(Array(events.prefix(1)) + ["{"]), .bad), ("nothing", stream([]), .bad),
            ("no finish", stream(Array(events.prefix(3))), .bad),
            ("bad chunks", stream(Array(events.prefix(2)), end: "zz\r\n"), .bad),
        ]
        return streams.map { name, bytes, truth in
            InjectedFault(name, isStream: true, [.send(bytes), .close], truth)
        }
    }()
}

extension String {
    /// How many bytes there are from the first place of `word` on; none if it is not there.
    fileprivate func tail(from word: String) -> Int {
        guard let place = firstRange(of: word) else { return 0 }
        return self[place.lowerBound...].utf8.count
    }
}
