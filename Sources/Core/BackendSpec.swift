/// A server that several experts share and that holds only so many of their models at a time: one entry of `backends:`.
public struct BackendSpec: Sendable, Hashable {
    public var name: String
    /// How many models it holds at a time.
    public var holds: Int
    /// A question that has waited so long for its model is next, though others would still need the model that is there.
    public var maxWait: Duration
    /// How long loading a model takes: so long a model stays at least, if anybody needs it.
    public var loadCost: Duration

    public init(name: String, holds: Int = 1, maxWait: Duration = .seconds(5), loadCost: Duration = .seconds(8)) {
        self.name = name
        self.holds = max(1, holds)
        self.maxWait = maxWait
        self.loadCost = loadCost
    }
}
