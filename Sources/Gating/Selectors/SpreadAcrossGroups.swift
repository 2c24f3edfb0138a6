/// Chooses the best experts, but no more than a few of any group, so that a panel does not think with one head.
///
/// Best first; an expert whose group has `limit` seats already is passed over. Ours, the counterpart of `GroupLimit`: that
/// keeps a token's experts together on few nodes, this sends a question to several makers or model families.
/// Grouped selection of MoGE (arXiv:2505.21411), which takes the same number from every group, is the case of
/// count = groups × limit. With too few groups a row gets fewer seats. Of equal scores the lower index goes first.
public struct SpreadAcrossGroups: DeterministicSelector {
    private let count: Int
    private let limit: Int
    private let groups: [Int]

    /// Seats per row, most seats of a group, and the group of each expert, `[experts]`, numbered from 0; refuses counts
    /// below 1 and groups below 0. An expert beyond the list belongs to no group and is never chosen.
    public init(count: Int, limit: Int, groups: [Int]) throws(GateRefusal) {
        self.count = try checkedSeatCount(count, of: "SpreadAcrossGroups.count")
        self.limit = try checkedSeatCount(limit, of: "SpreadAcrossGroups.limit")
        for (expert, group) in groups.enumerated() where group < 0 || group >= groups.count {
            throw GateRefusal(
                subject: "SpreadAcrossGroups.groups", found: "group \(group) of expert \(expert)",
                expected: "a number from 0 up to, not including, \(groups.count)")
        }
        self.groups = groups
    }

    public func choose(from choosing: Span<Float>, weighing: Span<Float>, into seats: inout Seats) {
        var taken = [Int](repeating: 0, count: groups.count)
        BestFirst.begin(&seats.waiting, scores: choosing)
        while seats.count < count, let best = BestFirst.takeBest(&seats.waiting, scores: choosing) {
            guard best < groups.count, taken[groups[best]] < limit else { continue }
            taken[groups[best]] += 1
            seats.append(best)
        }
    }
}
