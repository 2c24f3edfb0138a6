// swift-format-ignore-file: NeverForceUnwrap

import HTTPTypes

// Names are our own constants: each is a valid token, or the program is wrong.
extension HTTPField.Name {
    /// The trace's id, or an own id where nothing was decided.
    static let requestID = Self("x-request-id")!
    static let musterRoute = Self("x-muster-route")!
    static let musterExperts = Self("x-muster-experts")!
    static let musterSkills = Self("x-muster-skills")!
    static let musterSeed = Self("x-muster-seed")!
    static let musterTrace = Self("x-muster-trace")!
    static let musterSeats = Self("x-muster-seats")!
    static let musterExplain = Self("x-muster-explain")!
    static let musterMaximumCost = Self("x-muster-max-cost")!
    static let musterMaximumSeconds = Self("x-muster-max-seconds")!
    static let musterMaximumCalls = Self("x-muster-max-calls")!
    /// Where a question stood in the queue before it was taken on.
    static let musterQueuePosition = Self("x-muster-queue-position")!
    /// Obeyed by OpenAI's libraries before their own rules.
    static let shouldRetry = Self("x-should-retry")!
    static let retryAfterMilliseconds = Self("retry-after-ms")!
    /// How often the client's library tried before; for the log.
    static let clientRetries = Self("x-stainless-retry-count")!
    /// Tells nginx to pass a stream on as it comes.
    static let accelBuffering = Self("x-accel-buffering")!
}
