/// Chooses the experts of one row from its scores.
///
/// A selector that needs chance takes it from the generator it is handed and from nowhere else, so a seed decides the
/// selection.
public protocol Selector: Sendable {
    /// Appends the chosen experts to `seats`, in seat order. Never chooses an expert whose score in `choosing` is NaN
    /// or minus infinity. Both rows are `[experts]`: `choosing` orders or draws the experts, `weighing` is the same row
    /// without selection-only transforms, for selectors that also add up shares.
    func choose(
        from choosing: Span<Float>, weighing: Span<Float>, into seats: inout Seats,
        using random: inout some RandomNumberGenerator)
}

/// Chooses without chance: the same scores always give the same seats.
public protocol DeterministicSelector: Selector {
    /// Appends the chosen experts to `seats`; the same law as for any selector, with no generator.
    func choose(from choosing: Span<Float>, weighing: Span<Float>, into seats: inout Seats)
}

extension DeterministicSelector {
    /// Chooses and leaves the generator untouched.
    public func choose(
        from choosing: Span<Float>, weighing: Span<Float>, into seats: inout Seats,
        using random: inout some RandomNumberGenerator
    ) {
        choose(from: choosing, weighing: weighing, into: &seats)
    }
}
