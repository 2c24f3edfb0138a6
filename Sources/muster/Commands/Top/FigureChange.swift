/// What happened between two readings: rates and quantiles of that time alone.
struct FigureChange: Sendable {
    let before: Figures
    let after: Figures
    /// Between the two.
    let seconds: Double

    /// How much a counter grew each second. One that shrank began anew: the service was started again.
    func rate(_ name: String, where fits: ([String: String]) -> Bool = { _ in true }) -> Double {
        growth(name, where: fits) / max(seconds, 0.001)
    }

    func growth(_ name: String, where fits: ([String: String]) -> Bool = { _ in true }) -> Double {
        let (old, new) = (before.sum(name, where: fits), after.sum(name, where: fits))
        return new >= old ? new - old : new
    }

    /// The value that so large a share of those counted in between stays below, straight lines drawn between bounds;
    /// nil if none were.
    func quantile(
        _ share: Double, of name: String, where fits: ([String: String]) -> Bool = { _ in true }
    ) -> Double? {
        let new = after.buckets(name, where: fits)
        let old = before.buckets(name, where: fits)
        let hasBegunAnew = (new[.infinity] ?? 0) < (old[.infinity] ?? 0)
        let counts = new.keys.sorted().map { ($0, (new[$0] ?? 0) - (hasBegunAnew ? 0 : old[$0] ?? 0)) }
        guard let total = counts.last?.1, total > 0 else { return nil }
        var (lowBound, lowCount) = (0.0, 0.0)
        for (bound, count) in counts {
            if count >= share * total {
                guard bound.isFinite, count > lowCount else { return lowBound }
                return lowBound + (bound - lowBound) * (share * total - lowCount) / (count - lowCount)
            }
            (lowBound, lowCount) = (bound, count)
        }
        return lowBound
    }
}
