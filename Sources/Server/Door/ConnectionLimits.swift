/// What one connection may take before it has said what it wants, and how many there may be.
public struct ConnectionLimits: Sendable, Hashable {
    /// Further ones wait in the system's queue until one ends.
    public var connections: Int
    /// All header fields of a request together, in bytes.
    public var headerSize: Int
    public var headerCount: Int
    /// From the first byte of a request to the end of its header.
    public var headTime: Duration
    /// From there to the end of its body.
    public var bodyTime: Duration

    public init(
        connections: Int = 10_000, headerSize: Int = 64 << 10, headerCount: Int = 128,
        headTime: Duration = .seconds(10), bodyTime: Duration = .seconds(60)
    ) {
        self.connections = connections
        self.headerSize = headerSize
        self.headerCount = headerCount
        self.headTime = headTime
        self.bodyTime = bodyTime
    }
}
