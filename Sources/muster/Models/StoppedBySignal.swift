import Foundation
import UnixSignals

/// Work that the keyboard or the system may stop: it is cancelled, so that what it has begun (child processes,
/// transfers) ends with it, and what it has finished is kept. A second signal ends the program at once.
enum StoppedBySignal {
    /// Throws `CancellationError` when it was stopped.
    static func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = Task { try await work() }
        let watch = Task.detached {
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
                if task.isCancelled { Foundation.exit(130) }
                task.cancel()
            }
        }
        defer { watch.cancel() }
        return try await task.value
    }
}
