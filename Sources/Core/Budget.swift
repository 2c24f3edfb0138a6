/// The most that one question may use. Nil means no limit.
public struct Budget: Sendable, Hashable {
    /// Dollars for all calls together.
    public var cost: Double?
    /// From the question's arrival to its answer.
    public var time: Duration?
    /// Calls to experts, annotation and synthesis included.
    public var calls: Int?

    public static let unlimited = Budget()

    public init(cost: Double? = nil, time: Duration? = nil, calls: Int? = nil) {
        self.cost = cost
        self.time = time
        self.calls = calls
    }

    /// The lower of two budgets, limit by limit.
    public func tightened(by other: Budget) -> Budget {
        Budget(
            cost: [cost, other.cost].compactMap(\.self).min(), time: [time, other.time].compactMap(\.self).min(),
            calls: [calls, other.calls].compactMap(\.self).min())
    }
}
