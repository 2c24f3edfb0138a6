public import Core
public import Logging
public import ServiceLifecycle

/// Keeps keys and store together while the service runs: a revoked key stops within a moment, what was spent is noted
/// every few moments, and at the end what was taken out of budgets is brought back.
public struct KeyKeeping: Service, CustomStringConvertible {
    public let description = "keeping of client keys"
    /// A revocation counts after this long at the latest.
    private static let watch = Duration.milliseconds(500)
    /// Of so many rounds one notes what was spent.
    private static let notingRound = 4

    private let ring: KeyRing
    private let time: TimeSource
    private let logger: Logger

    public init(ring: KeyRing, time: TimeSource, logger: Logger) {
        self.ring = ring
        self.time = time
        self.logger = logger
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var round = 0
            while (try? await time.sleep(for: Self.watch)) != nil {
                round += 1
                await trying("keys cannot be read") { try await ring.refresh() }
                if round % Self.notingRound == 0 {
                    await trying("spending cannot be noted yet") { try await ring.flush() }
                }
            }
        }
    }

    /// Brings back what was taken out of budgets; to be called when nothing is answered any more.
    public func end() async {
        await trying("spending cannot be noted; what was taken out of budgets counts as spent") {
            try await ring.flush(isLast: true)
        }
    }

    private func trying(_ what: String, _ work: () async throws -> Void) async {
        do { try await work() } catch {
            logger.warning("\(what)", metadata: ["because": "\((error as? Fault)?.sentence ?? "unknown")"])
        }
    }
}
