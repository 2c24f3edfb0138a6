/// A place in a trace that goes through several programs: W3C's `traceparent` header
/// (w3.org/TR/trace-context, section 3.2).
public struct TraceParent: Sendable, Hashable {
    /// 32 lower-case hexadecimal digits, not all zero.
    public let traceID: String
    /// 16 lower-case hexadecimal digits, not all zero.
    public let spanID: String
    /// Whether whoever began the trace wants it recorded.
    public let isSampled: Bool

    /// Nil if an id is not of its form.
    public init?(traceID: String, spanID: String, isSampled: Bool) {
        guard Self.isIdentifier(traceID, digits: 32), Self.isIdentifier(spanID, digits: 16) else { return nil }
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
    }

    /// Reads the header; nil if it is not of the form, as the standard wants it then be ignored. Later versions may have
    /// more parts, version 00 may not.
    public init?(_ header: String) {
        guard header.utf8.count >= 55, header.utf8.count <= 512 else { return nil }
        let parts = header.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, Self.isHexadecimal(parts[0], digits: 2), parts[0] != "ff",
            parts[0] != "00" || parts.count == 4, Self.isHexadecimal(parts[3], digits: 2),
            let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        self.init(traceID: parts[1], spanID: parts[2], isSampled: flags & 1 == 1)
    }

    /// As it stands in the header.
    public var header: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    private static func isIdentifier(_ text: String, digits: Int) -> Bool {
        isHexadecimal(text, digits: digits) && text.utf8.contains { $0 != UInt8(ascii: "0") }
    }

    private static func isHexadecimal(_ text: String, digits: Int) -> Bool {
        text.utf8.count == digits
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }
}

extension TraceParent: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let place = TraceParent(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no traceparent")
        }
        self = place
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(header)
    }
}

extension Trace {
    /// The span of the whole question: below the caller's if it sent one, else the first of a trace of its own. Nil if
    /// the id is not 32 hexadecimal digits.
    public var span: TraceParent? {
        TraceParent(
            traceID: parent?.traceID ?? id, spanID: String(id.suffix(16)), isSampled: parent?.isSampled ?? true)
    }
}
