import Testing

/// Waits until something holds; a minute without it is a failure, and no test needs to be quick.
func eventually(
    sourceLocation: SourceLocation = #_sourceLocation, _ holds: @Sendable () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let start = clock.now
    while try await !holds() {
        guard start.duration(to: clock.now) < .seconds(60) else {
            Issue.record("it did not come true within a minute", sourceLocation: sourceLocation)
            return
        }
        try await Task.sleep(for: .milliseconds(1))
    }
}
