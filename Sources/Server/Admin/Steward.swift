public import Core
public import Pipeline

/// What the program does for whoever administrates it, beyond keys and accounts.
public protocol Steward: Sendable {
    /// What experts were found to do.
    func capabilities() -> CapabilityBook

    /// Where experts stand by their canaries.
    func canaries() -> CanaryBook

    /// The latest answers of second experts, and what they cost today.
    func shadows() async throws -> ShadowReport

    /// Tries an expert at everything, and keeps what was found.
    func test(_ expert: ExpertID) async throws -> ExpertTrial.Report

    /// Takes over the configuration as it stands in its files now; what is wrong changes nothing.
    ///
    /// - Returns: what changed but takes a restart.
    /// - Throws: a `Fault` that says what is wrong, and where.
    func reload() async throws -> [String]
}
