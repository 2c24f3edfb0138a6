import Gating

/// The chance of each of several beliefs to come out highest when each is drawn from once.
///
///     P(i is highest) = ∫ f_i(x) Π over j ≠ i of F_j(x) dx
///
/// Midpoints of 512 equal parts of 0...1; each F counts half of the part it stands in, so that ties within a part are shared.
/// Beliefs of up to some 50,000 outcomes are wider than a part.
package struct BestOfBeliefs: Sendable {
    private static let parts = 512
    /// ln x and ln (1 − x) at the midpoints.
    private static let logarithms: [(own: Double, other: Double)] = (0..<parts).map { part in
        let x = (Double(part) + 0.5) / Double(parts)
        return (naturalLogarithm(x), naturalLogarithm(1 - x))
    }

    /// The mass of each belief in each part, `[beliefs][parts]`; sums to 1.
    private let masses: [[Double]]

    package init(_ beliefs: [BetaBelief]) {
        masses = beliefs.map { belief in
            let (a, b) = (belief.successes - 1, belief.failures - 1)
            var heights = Self.logarithms.map { a * $0.own + b * $0.other }
            let highest = heights.reduce(-.infinity, max)
            var total = 0.0
            for part in heights.indices {
                let distance = heights[part] - highest
                heights[part] = distance > -40 ? exponential(distance) : 0
                total += heights[part]
            }
            for part in heights.indices { heights[part] /= total }
            return heights
        }
    }

    /// The chance of each of `members` to be the highest of them, in their order; sums to 1.
    package func chances(among members: [Int]) -> [Double] {
        var chances = [Double](repeating: 0, count: members.count)
        var below = chances
        // Products of all before and of all after a member.
        var after = [Double](repeating: 1, count: members.count + 1)
        for part in 0..<Self.parts {
            for (place, member) in members.enumerated().reversed() {
                after[place] = after[place + 1] * (below[place] + masses[member][part] / 2)
            }
            var before = 1.0
            for (place, member) in members.enumerated() {
                let mass = masses[member][part]
                chances[place] += mass * before * after[place + 1]
                before *= below[place] + mass / 2
                below[place] += mass
            }
        }
        let total = chances.reduce(0, +)
        return total > 0 ? chances.map { $0 / total } : chances.map { _ in 1 / Double(members.count) }
    }
}
