import Synchronization

/// One request on its way: what has arrived, and who waits for it. Shared between the loop's thread, which fills it, and
/// the reader, who empties it.
final class Transfer: Sendable {
    typealias Head = (status: Int, headers: [(name: String, value: String)])
    typealias HeadWaiter = CheckedContinuation<Result<Head, TransportError>, Never>
    typealias BodyWaiter = CheckedContinuation<Result<[UInt8]?, TransportError>, Never>

    /// The reader is this far behind when the server is asked to wait, in bytes.
    static let highWater = 256 << 10

    private struct State {
        var headWaiter: HeadWaiter?
        var bodyWaiter: BodyWaiter?
        var waitingSince: ContinuousClock.Instant?
        var buffer: [UInt8] = []
        var received = 0
        var isPaused = false
        var end: Result<Void, TransportError>?
    }

    let request: HTTPRequest
    let began = ContinuousClock.now
    private let state = Mutex(State())

    init(_ request: HTTPRequest) { self.request = request }

    // MARK: The reader's side

    func waitForHead(_ waiter: HeadWaiter) {
        let failed = state.withLock { state -> TransportError? in
            if case .failure(let error)? = state.end { return error }
            state.headWaiter = waiter
            return nil
        }
        if let failed { waiter.resume(returning: .failure(failed)) }
    }

    /// Hands over what has arrived, or waits for more.
    func wait(for waiter: BodyWaiter) {
        let ready = state.withLock { state -> Result<[UInt8]?, TransportError>? in
            if !state.buffer.isEmpty {
                defer { state.buffer = [] }
                return .success(state.buffer)
            }
            if let end = state.end { return end.map { nil } }
            state.bodyWaiter = waiter
            state.waitingSince = .now
            return nil
        }
        if let ready { waiter.resume(returning: ready) }
    }

    /// True once after the server was asked to wait and the reader has caught up.
    func takePaused() -> Bool {
        state.withLock { state in
            defer { state.isPaused = false }
            return state.isPaused
        }
    }

    // MARK: The loop's side

    func deliver(_ head: Head) {
        let waiter = state.withLock { state in
            defer { state.headWaiter = nil }
            return state.headWaiter
        }
        waiter?.resume(returning: .success(head))
    }

    /// Takes in bytes of the body; false asks the server to wait and send them again.
    func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let (isAccepted, waiter, chunk) = state.withLock { state -> (Bool, BodyWaiter?, [UInt8]) in
            guard state.end == nil else { return (true, nil, []) }  // cancelled: let it run dry
            if state.bodyWaiter == nil, state.buffer.count >= Self.highWater {
                state.isPaused = true
                return (false, nil, [])
            }
            state.received += bytes.count
            guard let waiter = state.bodyWaiter else {
                state.buffer += bytes
                return (true, nil, [])
            }
            state.bodyWaiter = nil
            state.waitingSince = nil
            return (true, waiter, Array(bytes))
        }
        waiter?.resume(returning: .success(chunk))
        return isAccepted
    }

    /// The end, good or bad; only the first one counts. What has arrived is still handed over.
    func finish(_ end: Result<Void, TransportError>) {
        let (headWaiter, bodyWaiter, result) = state.withLock { state in
            let result = state.end ?? end
            state.end = result
            defer { (state.headWaiter, state.bodyWaiter, state.waitingSince) = (nil, nil, nil) }
            return (state.headWaiter, state.bodyWaiter, result)
        }
        headWaiter?.resume(
            returning: result.flatMap { .failure(.protocolFailure(reason: "the response has no head")) })
        bodyWaiter?.resume(returning: result.map { nil })
    }

    /// True once it has ended, by whoever ended it.
    var isOver: Bool { state.withLock { $0.end != nil } }

    /// Bytes of the body so far, and since when the reader has been waiting for more; nil while it is not.
    var hunger: (received: Int, since: ContinuousClock.Instant?) {
        state.withLock { ($0.received, $0.waitingSince) }
    }
}
