/// Takes server-sent events apart, however the bytes are cut.
///
/// Source: WHATWG HTML, section 9.2.6: lines end in CR, LF or CRLF, `data:` lines of one event are joined by LF,
/// comments begin with a colon, an empty line ends the event, a byte-order mark at the start is skipped.
package struct EventStream: Sendable {
    /// One event.
    package struct Event: Equatable, Sendable {
        /// `message` unless the server says otherwise.
        package var name: String
        package var data: String

        package init(name: String = "message", data: String) {
            self.name = name
            self.data = data
        }
    }

    /// An event may be this long, in bytes.
    package static let longestEvent = 8 << 20

    private var line: [UInt8] = []
    private var name: [UInt8] = []
    /// Data lines so far, each with a line break after it; nil if the event has none yet.
    private var data: [UInt8]?
    private var lastWasReturn = false
    private var isAtStart = true

    package init() {}

    /// The events that these bytes complete.
    ///
    /// - Throws: `WireSurprise.tooLong` if an event passes the bound.
    package mutating func feed(_ bytes: [UInt8]) throws -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            let isSecondHalf = byte == UInt8(ascii: "\n") && lastWasReturn
            lastWasReturn = byte == UInt8(ascii: "\r")
            if isSecondHalf { continue }
            if byte == UInt8(ascii: "\n") || lastWasReturn {
                if let event = endLine() { events.append(event) }
            } else {
                line.append(byte)
                if line.count + (data?.count ?? 0) > Self.longestEvent {
                    throw WireSurprise.tooLong(limit: Self.longestEvent)
                }
            }
        }
        return events
    }

    /// True if the stream ended in the middle of an event.
    package var isMidEvent: Bool { !line.isEmpty || data != nil }

    private mutating func endLine() -> Event? {
        defer { line.removeAll(keepingCapacity: true) }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        guard !line.isEmpty else { return endEvent() }
        let field = line.prefix { $0 != UInt8(ascii: ":") }
        var value = line.dropFirst(field.count + 1)
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        if field.elementsEqual("data".utf8) {
            data = data ?? []
            data?.append(contentsOf: value)
            data?.append(UInt8(ascii: "\n"))
        } else if field.elementsEqual("event".utf8) {
            name = Array(value)
        }
        return nil  // comments have an empty field; id and retry have no use here
    }

    private mutating func endEvent() -> Event? {
        defer { (name, data) = ([], nil) }
        guard let data else { return nil }
        return Event(
            name: name.isEmpty ? "message" : String(decoding: name, as: UTF8.self),
            data: String(decoding: data.dropLast(), as: UTF8.self))
    }
}
