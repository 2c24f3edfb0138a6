/// The clocks of the program, handed in so that tests can turn them.
public struct TimeSource: Sendable {
    /// A reading of the steady clock: how long things take.
    public struct Instant: Sendable, Hashable {
        /// Time since an arbitrary start.
        public var offset: Duration

        public init(offset: Duration) { self.offset = offset }
    }

    private let readSteady: @Sendable () -> Instant
    private let readWall: @Sendable () -> Timestamp
    private let wait: @Sendable (Duration) async throws -> Void

    /// A source made of three functions; tests hand in their own.
    public init(
        steady: @escaping @Sendable () -> Instant, wall: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        readSteady = steady
        readWall = wall
        wait = sleep
    }

    /// The machine's own clocks. `wall` comes from outside because the standard library has no calendar clock.
    public static func system(wall: @escaping @Sendable () -> Timestamp) -> TimeSource {
        let clock = ContinuousClock()
        let start = clock.now
        return TimeSource(
            steady: { Instant(offset: start.duration(to: clock.now)) }, wall: wall,
            sleep: { try await Task.sleep(for: $0, clock: clock) })
    }

    /// The steady clock now.
    public func now() -> Instant { readSteady() }

    /// The calendar clock now.
    public func timestamp() -> Timestamp { readWall() }

    /// Seconds that have passed since an instant.
    public func seconds(since instant: Instant) -> Double { (now().offset - instant.offset).seconds }

    /// Waits; throws `CancellationError` when the task is cancelled.
    public func sleep(for duration: Duration) async throws { try await wait(duration) }
}

/// A moment of the calendar, in microseconds since 1970 UTC.
public struct Timestamp: Sendable, Hashable, Comparable, Codable {
    public var microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Whole seconds since 1970, as OpenAI's `created` wants them.
    public var seconds: Int { Int(microseconds / 1_000_000) }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

    public init(from decoder: any Decoder) throws {
        microseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}

extension Duration {
    /// This duration in seconds.
    public var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
