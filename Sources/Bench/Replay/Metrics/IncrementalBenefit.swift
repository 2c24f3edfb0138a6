/// What a dollar more than the small expert's price buys, and how much more of it a method gives than simply always
/// paying for the large expert.
///
/// IBC = (performance − small's) / (cost − small's), the slope from the small expert's point; the base is the slope to
/// the large expert's point. Lift = (IBC of the method − IBC of the base) / IBC of the base: 0 on the straight line, above
/// 0 where the method is better than drawing lots between the two. Source: AutoMix, arXiv:2310.12963, section 4.
package struct IncrementalBenefit: Sendable, Hashable {
    package var small: CostQualityHull.Point
    package var large: CostQualityHull.Point

    package init(small: CostQualityHull.Point, large: CostQualityHull.Point) {
        self.small = small
        self.large = large
    }

    /// The slope from the small expert to `point`; nil where `point` costs no more than the small expert.
    package func slope(to point: CostQualityHull.Point) -> Double? {
        point.cost > small.cost ? (point.quality - small.quality) / (point.cost - small.cost) : nil
    }

    /// The lift as a share (0.5 for half as much again); nil where a slope does not exist or the large expert is no better.
    package func lift(of method: CostQualityHull.Point) -> Double? {
        guard let ours = slope(to: method), let line = slope(to: large), line > 0 else { return nil }
        return (ours - line) / line
    }
}
