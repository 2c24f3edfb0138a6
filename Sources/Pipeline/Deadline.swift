import Core

/// Runs work until a moment, then cancels it. It takes a task of its own, so it is for whole calls, not for each piece.
///
/// - Throws: what the work throws; `overBudget` if the moment came first.
func finishing<Result: Sendable>(
    by deadline: TimeSource.Instant?, time: TimeSource, subject: String,
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    guard let deadline else { return try await work() }
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await time.sleep(for: max(.zero, deadline.offset - time.now().offset))
            return nil
        }
        defer { group.cancelAll() }
        // The first to end decides; the group waits for the cancelled other one.
        guard let first = try await group.next(), let result = first else { throw Fault.timeIsOver(for: subject) }
        return result
    }
}
