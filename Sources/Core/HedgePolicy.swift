/// When a second expert is asked beside a slow one: whoever speaks first answers, the other is hung up on.
public struct HedgePolicy: Sendable, Hashable {
    /// How long to listen before.
    public enum Patience: Sendable, Hashable {
        case time(Duration)
        /// As long as so many of the expert's answers took to begin, 0...1; nobody is hedged before that is known.
        case quantile(Double)
    }

    public var after: Patience
    /// Tries beside the first one, for one answer.
    public var most: Int

    public init(after: Patience, most: Int = 1) {
        self.after = after
        self.most = most
    }
}
