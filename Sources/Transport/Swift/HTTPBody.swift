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
    public func next() async throws(TransportError) -> [UInt8]? { try await read(appetite: 1) }

    /// Everything that is left, waiting for it once.
    ///
    /// - Parameter limit: in bytes; more throws `tooLarge` and hangs up.
    public func collect(upTo limit: Int) async throws(TransportError) -> [UInt8] {
        // One byte more than allowed is enough to know that it is too much; what is read before the end is that.
        let appetite = limit < .max ? Swift.max(0, limit) + 1 : .max
        guard let bytes = try await read(appetite: appetite) else { return [] }
        guard bytes.count <= limit else {
            line.loop.cancel(line.transfer)
            throw .tooLarge(limit: limit)
        }
        // What came last is followed by how it ended.
        _ = try await read(appetite: 1)
        return bytes
    }

    /// So many bytes, or fewer if they are the last; nil at the end.
    private func read(appetite: Int) async throws(TransportError) -> [UInt8]? {
        let transfer = line.transfer
        let loop = line.loop
        if !Task.isCancelled, let (read, wasPaused) = transfer.take(appetite) {
            if wasPaused { loop.resume(transfer) }
            return try read.get()
        }
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { waiter in
                let isWaiting = transfer.wait(for: waiter, appetite: appetite)
                guard isWaiting else { return }
                // What was held back would not be enough, so it must go on.
                if appetite > 1, transfer.takePaused() { loop.resume(transfer) }
                // The loop looks at all clocks this often; only a shorter one has to be told.
                if transfer.clocks.idle < TransferThread.longestPause { loop.look() }
            }
        } onCancel: {
            loop.cancel(transfer)
        }
        if transfer.takePaused() { loop.resume(transfer) }
        return try result.get()
    }

    public func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    /// Pulls from the body it was made of; all iterators of a body share its bytes.
    public struct Iterator: AsyncIteratorProtocol {
        let body: HTTPBody

        public mutating func next() async throws(TransportError) -> [UInt8]? { try await body.next() }
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(TransportError) -> [UInt8]? { try await body.next() }
    }
}
