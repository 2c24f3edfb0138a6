public import Routing

/// Somebody whose decisions are replayed.
public enum Contestant: Sendable {
    /// A strategy: it learns from one part and decides on the other without seeing how anybody did there.
    case learner(any RouterLearner)
    /// The yardstick that knows every outcome: it asks the cheapest of those that will be right.
    case oracle

    /// What commands and reports call it.
    public var name: String {
        switch self {
        case .learner(let learner): learner.name
        case .oracle: "oracle"
        }
    }
}
