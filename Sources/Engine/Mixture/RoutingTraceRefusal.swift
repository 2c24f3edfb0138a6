/// Says why a file cannot be used as a routing trace, and at which byte that was seen.
public struct RoutingTraceRefusal: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Reason: Equatable, Sendable {
        /// The file could not be opened, read or written; the text is the system's.
        case unreadable(String)
        /// The file does not begin with the letters of the format.
        case notTrace
        /// Written in another version of the format.
        case version(found: UInt64)
        /// The file ends too early; sizes in bytes.
        case truncated(found: UInt64, needed: UInt64)
        /// The file goes on behind its end.
        case trailing(bytes: UInt64)
        /// More layers than we accept.
        case layers(found: UInt64, most: UInt64)
        /// A layer with more experts than we accept.
        case experts(layer: Int, found: UInt64, most: UInt64)
        /// A layer without experts that has tokens, or whose seats do not add up.
        case counts(layer: Int, tokens: UInt64, seats: UInt64)
        /// An expert that its layer does not have.
        case expert(layer: Int, found: UInt64, count: Int)
    }

    /// Position in the file, bytes from its start.
    public let offset: Int

    /// What is wrong there.
    public let reason: Reason

    package init(offset: Int, reason: Reason) {
        self.offset = offset
        self.reason = reason
    }
}

extension RoutingTraceRefusal: CustomStringConvertible {
    public var description: String { "routing trace, byte \(offset): \(sentence)" }

    private var sentence: String {
        switch reason {
        case .unreadable(let cause):
            "the file cannot be used (\(cause)). Check its path and permissions."
        case .notTrace:
            "the file does not begin with the letters MRTR. Is this a routing trace?"
        case .version(let found):
            "found version \(found), expected \(RoutingTraceFile.version). Record the trace anew."
        case .truncated(let found, let needed):
            "the file has \(found) bytes and \(needed) are needed. Was it cut short? Record the trace anew."
        case .trailing(let bytes):
            "\(bytes) bytes follow the end of the trace, expected none. The file is damaged."
        case .layers(let found, let most):
            "found \(found) layers, expected at most \(most). The file is damaged."
        case .experts(let layer, let found, let most):
            "found \(found) experts in layer \(layer), expected at most \(most). The file is damaged."
        case .counts(let layer, let tokens, let seats):
            "found \(tokens) tokens with \(seats) seats in layer \(layer), which do not go together. "
                + "The file is damaged."
        case .expert(let layer, let found, let count):
            "found expert \(found) in layer \(layer), which has \(count). The file is damaged."
        }
    }
}
