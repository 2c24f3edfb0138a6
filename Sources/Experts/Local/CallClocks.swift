import Core
import Transport

/// Holds one call to the clocks of its expert, as HTTP calls are held to theirs. `connect` has no meaning here:
/// loading a model, and waiting for its turn, counts until the first token.
struct CallClocks: Sendable {
    /// What is waited for.
    enum Stage { case firstToken, nextToken }

    private let clocks: ExpertClocks
    private let faults: ExpertFaults
    private let time: TimeSource
    private let started: TimeSource.Instant

    /// Starts the clocks.
    init(_ spec: ExpertSpec, time: TimeSource) {
        let slip = CallSlip.current
        started = time.now()
        var clocks = spec.clocks
        if let deadline = slip?.deadline {
            clocks.total = min(clocks.total, max(.milliseconds(1), deadline.offset - started.offset))
        }
        self.clocks = clocks
        faults = ExpertFaults(spec: spec, now: { time.timestamp() }).telling(slip)
        self.time = time
    }

    /// Does something, unless a clock fires before.
    ///
    /// - Throws: what the work throws, a fault that names the clock, or `CancellationError`.
    func watch<Result: Sendable>(
        _ stage: Stage, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let spent = time.now().offset - started.offset
        var fires: (name: HTTPClocks.Name, length: Duration, left: Duration) =
            switch stage {
            case .firstToken: (.firstByte, clocks.firstToken, clocks.firstToken - spent)
            case .nextToken: (.idle, clocks.idle, clocks.idle)
            }
        if clocks.total - spent < fires.left { fires = (.total, clocks.total, clocks.total - spent) }
        let (name, length, left) = fires
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await time.sleep(for: max(.zero, left))
                return nil
            }
            defer { group.cancelAll() }
            // The first to end decides; the group waits for the cancelled other one.
            guard let first = try await group.next(), let result = first else {
                throw try faults.transport(.clockFired(name, after: length))
            }
            return result
        }
    }
}
