import Synchronization

/// The link between who asked for an answer and the loop that makes it: events one way, giving up the other.
final class GenerationTicket: Sendable {
    private let continuation: AsyncThrowingStream<GenerationEvent, any Error>.Continuation
    private let abandoned = Atomic(false)

    init(_ continuation: AsyncThrowingStream<GenerationEvent, any Error>.Continuation) {
        self.continuation = continuation
    }

    /// Whether nobody waits for the answer any more.
    var isAbandoned: Bool { abandoned.load(ordering: .relaxed) }

    func abandon() { abandoned.store(true, ordering: .relaxed) }

    func send(_ event: GenerationEvent) { continuation.yield(event) }

    func finish(_ end: GenerationEnd) {
        continuation.yield(.end(end))
        continuation.finish()
    }

    func fail(_ error: any Error) { continuation.finish(throwing: error) }
}
