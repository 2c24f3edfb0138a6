/// Takes a stream of lines apart, one JSON value a line, however the bytes are cut.
package struct JSONLines: Sendable {
    private var line: [UInt8] = []

    package init() {}

    /// The lines that these bytes complete, empty ones left out.
    ///
    /// - Throws: `WireSurprise.tooLong` if a line passes the bound.
    package mutating func feed(_ bytes: [UInt8]) throws -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                if let text = rest() { lines.append(text) }
            } else {
                line.append(byte)
                if line.count > EventStream.longestEvent {
                    throw WireSurprise.tooLong(limit: EventStream.longestEvent)
                }
            }
        }
        return lines
    }

    /// What is left without a line break: at the end of a stream some servers leave the last one out.
    package mutating func rest() -> String? {
        defer { line.removeAll(keepingCapacity: true) }
        return isMidLine ? String(decoding: line, as: UTF8.self) : nil
    }

    /// True if there is more than white space after the last line break.
    package var isMidLine: Bool { line.contains { $0 > 0x20 } }
}
