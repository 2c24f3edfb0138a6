import Core
import Logging
import ServiceLifecycle
import Store

/// Deletes traces that are older than the configuration wants them, at the start and every hour.
struct TraceRetention: Service, CustomStringConvertible {
    let description = "deletion of old traces"
    let store: SQLiteStore
    let time: TimeSource
    let keep: Duration
    let logger: Logger

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while true {
                do {
                    let limit = Timestamp(
                        microseconds: time.timestamp().microseconds - Int64(keep.seconds * 1_000_000))
                    let count = try await store.deleteTraces(before: limit)
                    if count > 0 { logger.info("deleted \(count) old traces") }
                } catch let fault as Fault {
                    logger.warning("old traces stay: \(fault.sentence)")
                }
                guard (try? await time.sleep(for: .seconds(3_600))) != nil else { return }
            }
        }
    }
}
