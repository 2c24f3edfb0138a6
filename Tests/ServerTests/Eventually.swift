import Testing

/// Waits until something holds; five minutes without it are a failure: thousands of tests run at once, and none needs to be quick.
func eventually(
    sourceLocation: SourceLocation = #_sourceLocation, _ holds: @Sendable () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let start = clock.now
    while try await !holds() {
        guard start.duration(to: clock.now) < .seconds(300) else {
            Issue.record("it did not come true within five minutes", sourceLocation: sourceLocation)
            return
        }
        try await Task.sleep(for: .milliseconds(1))
    }
}
