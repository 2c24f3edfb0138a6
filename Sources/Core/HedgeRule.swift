/// What one expert has to say about being hedged, beside its route.
public enum HedgeRule: Sendable, Hashable {
    /// As the route has it.
    case asRoute
    /// Nobody is asked beside it, whatever the route says: it is slow because it thinks, or a second call is dear.
    case never
    case policy(HedgePolicy)

    /// The policy that counts while this expert is listened to; nil for none.
    public func policy(on route: HedgePolicy?) -> HedgePolicy? {
        switch self {
        case .asRoute: route
        case .never: nil
        case .policy(let own): own
        }
    }
}
