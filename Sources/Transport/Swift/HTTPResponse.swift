/// The head of a response, and its body on the way.
public struct HTTPResponse: Sendable {
    public let status: Int
    /// In the order received, names as the server wrote them.
    public let headers: [(name: String, value: String)]
    public let body: HTTPBody

    /// The first header of this name, in any case; nil if there is none.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// The bytes of a response, pulled chunk by chunk. A slow reader slows the server down; dropping the body hangs up.
public struct HTTPBody: AsyncSequence, Sendable {
    public typealias Element = [UInt8]

    /// Hangs up when the last copy of the body is gone.
    private final class Line: Sendable {
        let transfer: Transfer
        let loop: TransferLoop

        init(transfer: Transfer, loop: TransferLoop) {
            self.transfer = transfer
            self.loop = loop
        }

        deinit { loop.cancel(transfer) }
    }

    private let line: Line

    init(transfer: Transfer, loop: TransferLoop) { line = Line(transfer: transfer, loop: loop) }

    /// The next bytes; nil at the end. One caller at a time.
    ///
    /// - Throws: `TransportError`, `.cancelled` if the waiting task is cancelled.
    public func next() async throws(TransportError) -> [UInt8]? {
        let transfer = line.transfer
        let loop = line.loop
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in transfer.wait(for: waiter) }
        } onCancel: {
            loop.cancel(transfer)
        }
        if transfer.takePaused() { loop.resume(transfer) }
        return try result.get()
    }

    /// Everything that is left.
    ///
    /// - Parameter limit: in bytes; more throws `tooLarge`.
    public func collect(upTo limit: Int) async throws(TransportError) -> [UInt8] {
        var bytes: [UInt8] = []
        while let chunk = try await next() {
            guard bytes.count + chunk.count <= limit else { throw .tooLarge(limit: limit) }
            bytes += chunk
        }
        return bytes
    }

    public func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    public struct Iterator: AsyncIteratorProtocol {
        let body: HTTPBody

        public mutating func next() async throws(TransportError) -> [UInt8]? { try await body.next() }
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(TransportError) -> [UInt8]? { try await body.next() }
    }
}
