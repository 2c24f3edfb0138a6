/// Takes server-sent events apart, however the bytes are cut.
///
/// Source: WHATWG HTML, section 9.2.6: lines end in CR, LF or CRLF, `data:` lines of one event are joined by LF, comments
/// begin with a colon, an empty line ends the event, a byte-order mark at the start is skipped.
struct EventStream {
    /// One event.
    struct Event: Equatable {
        /// `message` unless the server says otherwise.
        var name: String
        var data: String
    }

    /// An event may be this long, in bytes.
    static let longestEvent = 8 << 20

    /// The server sent an event beyond the bound.
    struct TooLong: Error {}

    private var line: [UInt8] = []
    private var name = ""
    private var data: [String] = []
    private var size = 0
    private var lastWasReturn = false
    private var isAtStart = true

    /// The events that these bytes complete.
    mutating func feed(_ bytes: [UInt8]) throws -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n"), lastWasReturn {
                lastWasReturn = false
                continue
            }
            lastWasReturn = byte == UInt8(ascii: "\r")
            if byte == UInt8(ascii: "\n") || lastWasReturn {
                if let event = endLine() { events.append(event) }
            } else {
                line.append(byte)
                size += 1
                if size > Self.longestEvent { throw TooLong() }
            }
        }
        return events
    }

    /// True if the stream ended in the middle of an event.
    var isMidEvent: Bool { !line.isEmpty || !data.isEmpty }

    private mutating func endLine() -> Event? {
        defer { line.removeAll(keepingCapacity: true) }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        guard !line.isEmpty else { return endEvent() }
        let text = String(decoding: line, as: UTF8.self)
        guard !text.hasPrefix(":") else { return nil }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        var value = parts.count > 1 ? parts[1] : ""
        if value.hasPrefix(" ") { value.removeFirst() }
        switch parts[0] {
        case "data": data.append(String(value))
        case "event": name = String(value)
        default: break  // id and retry have no use here
        }
        return nil
    }

    private mutating func endEvent() -> Event? {
        defer { (name, data, size) = ("", [], 0) }
        guard !data.isEmpty else { return nil }
        return Event(name: name.isEmpty ? "message" : name, data: data.joined(separator: "\n"))
    }
}
