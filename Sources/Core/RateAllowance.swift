/// What a server says it still takes in the present window, as `x-ratelimit-*` headers tell it. Nil is unsaid.
public struct RateAllowance: Sendable, Hashable {
    /// Requests, or tokens: how many the window takes, how many are left, and seconds until it is full again.
    public struct Window: Sendable, Hashable {
        public var limit: Int?
        public var remaining: Int?
        public var resetSeconds: Double?

        public init(limit: Int? = nil, remaining: Int? = nil, resetSeconds: Double? = nil) {
            self.limit = limit
            self.remaining = remaining
            self.resetSeconds = resetSeconds
        }

        public var isUnsaid: Bool { limit == nil && remaining == nil && resetSeconds == nil }
    }

    public var requests: Window
    public var tokens: Window

    public init(requests: Window = Window(), tokens: Window = Window()) {
        self.requests = requests
        self.tokens = tokens
    }
}
