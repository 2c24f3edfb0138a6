import Synchronization

/// One request on its way: what has arrived, and who waits for it. Shared between the loop's thread, which fills it, and
/// the reader, who empties it.
///
/// What arrives is kept until the thread has looked at all that is ready (`tell`): the reader of a short answer is woken
/// once and finds head, body and end together.
final class Transfer: Sendable {
    typealias HeadWaiter = UnsafeContinuation<Result<ResponseHead, TransportError>, Never>
    typealias BodyWaiter = UnsafeContinuation<BodyRead, Never>
    /// Nil at the end.
    typealias BodyRead = Result<[UInt8]?, TransportError>

    /// The reader is this far behind when the server is asked to wait, in bytes.
    static let highWater = 256 << 10

    private struct State {
        var head: ResponseHead?
        var headWaiter: HeadWaiter?
        var bodyWaiter: BodyWaiter?
        /// The waiter is not woken for fewer bytes, unless they are the last.
        var appetite = 1
        var waitingSince: ContinuousClock.Instant?
        var buffer: [UInt8] = []
        var received = 0
        var isPaused = false
        var end: Result<Void, TransportError>?

        /// What there is for a reader who wants so many bytes; nil if that is to come.
        mutating func portion(_ appetite: Int) -> BodyRead? {
            guard buffer.count >= appetite || (end != nil && !buffer.isEmpty) else { return end?.map { nil } }
            defer { buffer = [] }
            return .success(buffer)
        }

        /// What a reader who waits for the head is told; nil if it has to wait on.
        var headResult: Result<ResponseHead, TransportError>? {
            if let head { return .success(head) }
            // A good end that comes before the head is a connection closed within it.
            return end.map { $0.flatMap { .failure(.closedEarly(bytes: 0)) } }
        }

        mutating func takePaused() -> Bool {
            defer { isPaused = false }
            return isPaused
        }
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

    /// What has arrived already, and whether the server was asked to wait for it to be taken; nil if the reader has to
    /// wait for so many bytes.
    func take(_ appetite: Int) -> (read: BodyRead, wasPaused: Bool)? {
        state.withLock { state in state.portion(appetite).map { ($0, state.takePaused()) } }
    }

    /// Hands over what has arrived, or waits for so many bytes; true if it waits.
    func wait(for waiter: BodyWaiter, appetite: Int) -> Bool {
        let ready = state.withLock { state -> BodyRead? in
            if let portion = state.portion(appetite) { return portion }
            precondition(state.bodyWaiter == nil, "a body has one reader at a time")
            state.bodyWaiter = waiter
            state.appetite = appetite
            state.waitingSince = .now
            return nil
        }
        guard let ready else { return true }
        waiter.resume(returning: ready)
        return false
    }

    /// True once after the server was asked to wait and the reader has caught up.
    func takePaused() -> Bool { state.withLock { $0.takePaused() } }

    // MARK: The loop's side

    func deliver(_ head: ResponseHead) { state.withLock { $0.head = head } }

    /// Takes in bytes of the body; false asks the server to wait and send them again.
    func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
        state.withLock { state in
            guard state.end == nil else { return true }  // cancelled: the command to stop is under way
            let isWaiting = state.bodyWaiter != nil
            // Who waits for much has set its own bound.
            guard state.buffer.count < max(Self.highWater, isWaiting ? state.appetite : 0) else {
                state.isPaused = true
                return false
            }
            state.received += bytes.count
            state.buffer += bytes
            if isWaiting { state.waitingSince = .now }
            return true
        }
    }

    /// Wakes whoever waits for what has arrived.
    func tell() {
        let (headWaiter, head, bodyWaiter, portion) = state.withLock { state in
            let head = state.headWaiter.flatMap { _ in state.headResult }
            let portion = state.bodyWaiter.flatMap { _ in state.portion(state.appetite) }
            defer {
                if head != nil { (state.headWaiter, state.head) = (nil, nil) }
                if portion != nil { (state.bodyWaiter, state.waitingSince) = (nil, nil) }
            }
            return (state.headWaiter, head, state.bodyWaiter, portion)
        }
        if let head { headWaiter?.resume(returning: head) }
        if let portion { bodyWaiter?.resume(returning: portion) }
    }

    /// The end, good or bad; only the first one counts, and is answered with true. What has arrived is still handed
    /// over, except to a reader who has left.
    @discardableResult
    func finish(_ end: Result<Void, TransportError>) -> Bool {
        let isFirst = state.withLock { state in
            guard state.end == nil else { return false }
            state.end = end
            if case .failure(.cancelled) = end { (state.head, state.buffer) = (nil, []) }
            return true
        }
        if isFirst { tell() }
        return isFirst
    }

    /// True once it has ended, by whoever ended it.
    var isOver: Bool { state.withLock { $0.end != nil } }

    /// Bytes of the body so far, and since when the reader has been waiting for more; nil while it is not.
    var hunger: (received: Int, since: ContinuousClock.Instant?) {
        state.withLock { ($0.received, $0.waitingSince) }
    }
}
