/// The experts that may be rungs of a ladder, cheapest first.
enum LadderCandidates {
    /// At most `most` experts: those that nobody beats at their price or below, then the best of the others.
    ///
    /// In the order of the ladder: by cost, of equally dear ones the worse first, since the last answer heard stands.
    static func of(costs: [Double], means: [Float], most: Int) -> [Int] {
        let byCost = costs.indices.sorted { (costs[$0], -means[$0], $0) < (costs[$1], -means[$1], $1) }
        var unbeaten: [Int] = []
        for expert in byCost {
            guard let last = unbeaten.last else {
                unbeaten.append(expert)
                continue
            }
            if means[expert] > means[last] { unbeaten.append(expert) }
        }
        let others = costs.indices.filter { !unbeaten.contains($0) }
            .sorted { (-means[$0], costs[$0], $0) < (-means[$1], costs[$1], $1) }
        // Of too many unbeaten ones the dearest stay: they are the better ones.
        let kept = Array(unbeaten.suffix(most)) + others.prefix(max(0, most - unbeaten.count))
        return kept.sorted { (costs[$0], means[$0], $0) < (costs[$1], means[$1], $1) }
    }
}
