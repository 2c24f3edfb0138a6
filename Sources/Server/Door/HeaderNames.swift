// swift-format-ignore-file: NeverForceUnwrap

import HTTPTypes

// Names are our own constants: each is a valid token, or the program is wrong.
extension HTTPField.Name {
    /// The caller's own id, else the trace's, else one made where nothing was decided.
    static let requestID = Self("x-request-id")!
    /// W3C's place in a trace of many programs.
    static let traceParent = Self("traceparent")!
    /// The trace's id, also where the caller has an id of its own.
    static let musterTraceID = Self("x-muster-trace-id")!
    /// The same for Anthropic's libraries.
    static let anthropicRequestID = Self("request-id")!
    /// Where Anthropic's libraries put a key.
    static let apiKey = Self("x-api-key")!
    static let musterRoute = Self("x-muster-route")!
    static let musterExperts = Self("x-muster-experts")!
    static let musterSkills = Self("x-muster-skills")!
    static let musterSeed = Self("x-muster-seed")!
    static let musterTrace = Self("x-muster-trace")!
    static let musterSeats = Self("x-muster-seats")!
    static let musterExplain = Self("x-muster-explain")!
    static let musterCache = Self("x-muster-cache")!
    static let musterMaximumCost = Self("x-muster-max-cost")!
    static let musterMaximumSeconds = Self("x-muster-max-seconds")!
    static let musterMaximumCalls = Self("x-muster-max-calls")!
    /// Tells a second try of the same request from a second request.
    static let idempotencyKey = Self("idempotency-key")!
    /// Where a question stood in the queue before it was taken on.
    static let musterQueuePosition = Self("x-muster-queue-position")!
    /// Obeyed by OpenAI's libraries before their own rules.
    static let shouldRetry = Self("x-should-retry")!
    static let retryAfterMilliseconds = Self("retry-after-ms")!
    /// How often the client's library tried before; for the log.
    static let clientRetries = Self("x-stainless-retry-count")!
    /// Tells nginx to pass a stream on as it comes.
    static let accelBuffering = Self("x-accel-buffering")!
    static let contentSecurityPolicy = Self("content-security-policy")!
    static let xContentTypeOptions = Self("x-content-type-options")!
    static let referrerPolicy = Self("referrer-policy")!
    static let openerPolicy = Self("cross-origin-opener-policy")!
    static let resourcePolicy = Self("cross-origin-resource-policy")!
    /// Where a browser says a request comes from.
    static let fetchSite = Self("sec-fetch-site")!
    static let rateLimitRequests = Self("x-ratelimit-limit-requests")!
    static let rateRemainingRequests = Self("x-ratelimit-remaining-requests")!
    static let rateResetRequests = Self("x-ratelimit-reset-requests")!
    static let rateLimitTokens = Self("x-ratelimit-limit-tokens")!
    static let rateRemainingTokens = Self("x-ratelimit-remaining-tokens")!
    static let rateResetTokens = Self("x-ratelimit-reset-tokens")!
}
