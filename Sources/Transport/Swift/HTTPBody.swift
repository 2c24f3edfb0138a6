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
            await withCheckedContinuation { waiter in
                let isWaiting = transfer.wait(for: waiter)
                // The loop looks at all clocks this often; only a shorter one has to be told.
                if isWaiting, transfer.clocks.idle < TransferThread.longestPause { loop.wake() }
            }
        } onCancel: {
            loop.cancel(transfer)
        }
        if transfer.takePaused() { loop.resume(transfer) }
        return try result.get()
    }

    /// Everything that is left.
    ///
    /// - Parameter limit: in bytes; more throws `tooLarge` and hangs up.
    public func collect(upTo limit: Int) async throws(TransportError) -> [UInt8] {
        var bytes: [UInt8] = []
        while let chunk = try await next() {
            guard bytes.count + chunk.count <= limit else {
                line.loop.cancel(line.transfer)
                throw .tooLarge(limit: limit)
            }
            bytes += chunk
        }
        return bytes
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
