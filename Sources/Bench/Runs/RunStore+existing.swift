public import Core

extension RunStore {
    /// The run with this id.
    ///
    /// - Throws: a `Fault`, `unknownRun` with the nearest id if there is none.
    public func existing(_ id: String) async throws -> Run {
        guard let run = try await run(id) else {
            throw Fault.unknown(
                .unknownRun, "run", named: id, among: try await runs().map(\.id),
                hint: "muster bench show lists all runs")
        }
        return run
    }
}
