import Synchronization

/// One request on its way: what has arrived, and who waits for it. Shared between the loop's thread, which fills it, and
/// the reader, who empties it.
final class Transfer: Sendable {
    typealias HeadWaiter = CheckedContinuation<Result<ResponseHead, TransportError>, Never>
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
    let clocks: HTTPClocks
    let began = ContinuousClock.now
    private let state = Mutex(State())

    init(_ request: HTTPRequest) {
        self.request = request
        clocks = request.clocks.bounded
    }

    // MARK: The reader's side

    func waitForHead(_ waiter: HeadWaiter) {
        let failed = state.withLock { state -> TransportError? in
            if case .failure(let error)? = state.end { return error }
            state.headWaiter = waiter
            return nil
        }
        if let failed { waiter.resume(returning: .failure(failed)) }
    }

    /// Hands over what has arrived, or waits for more; true if it waits.
    func wait(for waiter: BodyWaiter) -> Bool {
        let ready = state.withLock { state -> Result<[UInt8]?, TransportError>? in
            if !state.buffer.isEmpty {
                defer { state.buffer = [] }
                return .success(state.buffer)
            }
            if let end = state.end { return end.map { nil } }
            precondition(state.bodyWaiter == nil, "a body has one reader at a time")
            state.bodyWaiter = waiter
            state.waitingSince = .now
            return nil
        }
        guard let ready else { return true }
        waiter.resume(returning: ready)
        return false
    }

    /// True once after the server was asked to wait and the reader has caught up.
    func takePaused() -> Bool {
        state.withLock { state in
            defer { state.isPaused = false }
            return state.isPaused
        }
    }

    // MARK: The loop's side

    func deliver(_ head: ResponseHead) {
        let waiter = state.withLock { state in
            defer { state.headWaiter = nil }
            return state.headWaiter
        }
        waiter?.resume(returning: .success(head))
    }

    /// Takes in bytes of the body; false asks the server to wait and send them again.
    func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let (isAccepted, waiter, chunk) = state.withLock { state -> (Bool, BodyWaiter?, [UInt8]) in
            guard state.end == nil else { return (true, nil, []) }  // cancelled: the command to stop is under way
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

    /// The end, good or bad; only the first one counts, and is answered with true. What has arrived is still handed
    /// over, except to a reader who has left.
    @discardableResult
    func finish(_ end: Result<Void, TransportError>) -> Bool {
        let (isFirst, headWaiter, bodyWaiter) = state.withLock { state -> (Bool, HeadWaiter?, BodyWaiter?) in
            guard state.end == nil else { return (false, nil, nil) }
            state.end = end
            if case .failure(.cancelled) = end { state.buffer = [] }
            defer { (state.headWaiter, state.bodyWaiter, state.waitingSince) = (nil, nil, nil) }
            return (true, state.headWaiter, state.bodyWaiter)
        }
        // A good end that comes before the head is a connection closed within it.
        headWaiter?.resume(returning: end.flatMap { .failure(.closedEarly(bytes: 0)) })
        bodyWaiter?.resume(returning: end.map { nil })
        return isFirst
    }

    /// True once it has ended, by whoever ended it.
    var isOver: Bool { state.withLock { $0.end != nil } }

    /// Bytes of the body so far, and since when the reader has been waiting for more; nil while it is not.
    var hunger: (received: Int, since: ContinuousClock.Instant?) {
        state.withLock { ($0.received, $0.waitingSince) }
    }
}
