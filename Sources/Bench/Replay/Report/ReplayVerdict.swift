/// What a replay comes to in one honest sentence: does anything beat the best single expert beyond chance?
extension ReplayReport {
    /// Names the strongest strategy that can be used and whether its lead is more than its interval explains.
    public var verdict: String {
        let usable = results.filter { !$0.isYardstick }
        let single =
            "the best single expert, \(SafeText.clean(bestSingle.expert, most: 60)) "
            + "(\(Numerals.percent(bestSingle.accuracy)))"
        guard let top = usable.max(by: { $0.gain < $1.gain }) else { return "No strategy was replayed; \(single)." }
        let name = "\(SafeText.clean(top.strategy, most: 60)) with \(top.seats) \(top.seats == 1 ? "seat" : "seats")"
        let lead =
            "\(Numerals.signedPoints(top.gain)) points "
            + "(95 % interval \(Numerals.signedPoints(top.gainInterval.low)) to "
            + "\(Numerals.signedPoints(top.gainInterval.high)))"
        let winners = usable.filter { $0.gainInterval.isAboveZero }
        guard !winners.isEmpty else {
            return "Nothing here beats \(single), beyond its 95 % interval; the closest is \(name): \(lead)."
        }
        // The strategy of the largest gain may be unsure where one of a smaller gain is sure.
        guard top.gainInterval.isAboveZero else {
            return "\(winners.count) of \(usable.count) results beat \(single), beyond their 95 % intervals, "
                + "but not that of the largest gain, \(name): \(lead)."
        }
        let caution =
            usable.count >= 10
            ? " Among so many results, one in forty may seem to by chance alone." : ""
        return usable.count == 1
            ? "\(name) beats \(single), by \(lead)."
            : "\(winners.count) of \(usable.count) results beat \(single), beyond their 95 % intervals; "
                + "the most \(name): \(lead).\(caution)"
    }

    /// Strategies that can be used from the most accurate down, then the yardsticks.
    var ranked: [StrategyResult] {
        let order = { (result: StrategyResult) in (result.isYardstick ? 1 : 0, -result.accuracy) }
        return results.enumerated().sorted { left, right in
            let (ours, theirs) = (order(left.element), order(right.element))
            return ours == theirs ? left.offset < right.offset : ours < theirs
        }.map { $0.element }
    }
}
