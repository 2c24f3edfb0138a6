/// Takes a stream of lines apart, one JSON value a line, however the bytes are cut.
struct LineStream {
    private var line: [UInt8] = []

    /// The lines that these bytes complete, empty ones left out.
    mutating func feed(_ bytes: [UInt8]) throws -> [String] {
        var lines: [String] = []
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                line.append(byte)
                if line.count > EventStream.longestEvent { throw EventStream.TooLong() }
                continue
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if !line.isEmpty { lines.append(String(decoding: line, as: UTF8.self)) }
            line.removeAll(keepingCapacity: true)
        }
        return lines
    }

    /// What is left at the end without a line break: some servers leave the last one out.
    mutating func rest() -> String? {
        defer { line = [] }
        return line.contains { $0 > 0x20 } ? String(decoding: line, as: UTF8.self) : nil
    }

    var isMidLine: Bool { line.contains { $0 > 0x20 } }
}
