/// How a store waits, and how much it lets wait.
public struct StoreSettings: Sendable, Hashable {
    /// What the store is opened for.
    public enum Access: Sendable, Hashable {
        /// Reading and writing; only reading if the file or its folder cannot be written.
        case write
        /// Reading a store that is there; nothing is made or changed.
        case read
    }

    public var access: Access
    /// How long a call waits for another program's lock.
    public var busyTimeout: Duration
    /// How many traces may wait to be written; the newest is dropped, and counted, when there are more.
    public var waitingTraces: Int
    /// How many traces are written in one transaction.
    public var traceBatch: Int
    /// How long traces gather before they are written, unless a batch is full or somebody waits for them.
    public var traceGathering: Duration
    /// How often a batch of traces is tried before it is given up.
    public var traceTries: Int
    /// The pause between two such tries.
    public var tracePause: Duration

    /// The defaults suit a server: five seconds of patience, ten thousand waiting traces.
    public init(
        access: Access = .write, busyTimeout: Duration = .seconds(5), waitingTraces: Int = 10_000,
        traceBatch: Int = 256, traceGathering: Duration = .milliseconds(5), traceTries: Int = 4,
        tracePause: Duration = .milliseconds(500)
    ) {
        self.access = access
        self.busyTimeout = busyTimeout
        self.waitingTraces = waitingTraces
        self.traceBatch = traceBatch
        self.traceGathering = traceGathering
        self.traceTries = traceTries
        self.tracePause = tracePause
    }
}
