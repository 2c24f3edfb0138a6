/// Whoever asks, as far as it matters for what may be used and spent: a client's key.
public struct Asker: Sendable {
    /// The key's id; stands in traces.
    public let key: String
    /// What people call the key.
    public let name: String
    /// Routes and experts that may be named; empty for all.
    public let scope: [String]
    /// Nil where nothing is counted.
    public let account: (any SpendAccount)?

    public init(key: String, name: String, scope: [String] = [], account: (any SpendAccount)? = nil) {
        self.key = key
        self.name = name
        self.scope = scope
        self.account = account
    }

    /// Of the request that this task works for; nil where nobody has to be told apart: a key of the configuration, the
    /// command line. `Wishes` take it up when they are made, so that no endpoint can forget it.
    @TaskLocal public static var current: Asker?

    /// True if the route or expert may be named.
    public func mayUse(_ model: String) -> Bool { scope.isEmpty || scope.contains(model) }

    /// - Throws: `notAllowed` with what is allowed.
    public func check(_ model: String) throws(Fault) {
        guard !mayUse(model) else { return }
        throw Fault(
            .notAllowed, "model \"\(model)\"", "the key \(name) may not use it",
            expected: "It may use \(scope.prefix(20).joined(separator: ", "))",
            hint: "GET /v1/models lists what it may use")
    }
}

extension Asker: Hashable {
    public static func == (left: Asker, right: Asker) -> Bool { left.key == right.key }
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
