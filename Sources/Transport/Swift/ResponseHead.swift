/// Reads the head of a response line by line, within bounds.
struct ResponseHead: Sendable {
    /// A longer head is refused, in bytes; heads that only announce another one (1xx) and trailers count too.
    static let longest = 64 << 10
    /// More headers are refused.
    static let mostHeaders = 256

    private(set) var status = 0
    private(set) var version = ""
    private(set) var headers: [(name: String, value: String)] = []
    /// The empty line of the last head has been read.
    private(set) var isComplete = false
    private var bytesRead = 0

    mutating func read(_ bytes: UnsafeRawBufferPointer) throws(TransportError) {
        bytesRead += bytes.count
        guard bytesRead <= Self.longest else { throw .headTooLarge(limit: Self.longest) }
        guard !isComplete else { return }  // a trailer
        let line = bytes.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        if line.starts(with: "HTTP/".utf8) {
            readStatus(line)
        } else if line.isEmpty {
            isComplete = status >= 200
        } else {
            try readHeader(line)
        }
    }

    private mutating func readStatus(_ line: Slice<UnsafeRawBufferPointer>) {
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        version = String(decoding: words[0].dropFirst("HTTP/".utf8.count), as: UTF8.self)
        status = words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) ?? 0 : 0
        headers = []
    }

    private mutating func readHeader(_ line: Slice<UnsafeRawBufferPointer>) throws(TransportError) {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        // A line that begins with a space would continue the one before; RFC 9112, 5.2 calls that obsolete.
        guard let first = line.first, !isSpace(first), let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
            return
        }
        guard headers.count < Self.mostHeaders else {
            throw .protocolFailure(reason: "the head holds more than \(Self.mostHeaders) headers")
        }
        var value = line[(colon + 1)...].drop(while: isSpace)
        while let last = value.last, isSpace(last) { value.removeLast() }
        headers.append((String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self)))
    }
}
