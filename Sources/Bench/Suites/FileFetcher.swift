/// Fetches a file from an address, from any place in it on: what `SuitePull` asks of whoever can reach the network.
public protocol FileFetcher: Sendable {
    /// Hands over the file's bytes in order.
    ///
    /// - Parameters:
    ///   - offset: how many bytes are there already. A server that cannot begin there may send everything.
    ///   - sink: called once for each piece; what it throws ends the transfer and is thrown on.
    /// - Throws: a `Fault` that names the address.
    func fetch(_ url: String, from offset: Int, into sink: (FilePiece) throws -> Void) async throws
}

/// Bytes of a file and where in it they stand.
public struct FilePiece: Sendable, Hashable {
    /// The place of the first byte, counted from 0.
    public var offset: Int
    public var bytes: [UInt8]

    public init(offset: Int, bytes: [UInt8]) {
        self.offset = offset
        self.bytes = bytes
    }
}
