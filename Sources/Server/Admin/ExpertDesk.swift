public import Core

/// Adds and removes experts while the service runs.
public protocol ExpertDesk: Sendable {
    /// Those that were added, not written in the configuration.
    func added() async throws -> Set<ExpertID>

    /// Checks an entry as the configuration's are, keeps it, and lets questions to come meet it.
    ///
    /// - Parameters:
    ///   - definition: JSON as it would stand under `experts.ID`; keys are named there, not given.
    ///   - replaces: whether it may take the place of one that was added before.
    func add(_ id: ExpertID, definition: String, replaces: Bool) async throws

    /// - Throws: a `Fault` if it was not added.
    func remove(_ id: ExpertID) async throws
}
