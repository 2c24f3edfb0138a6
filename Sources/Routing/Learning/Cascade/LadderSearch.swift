/// Tries the thresholds of a ladder on recorded questions.
struct LadderSearch {
    /// A ladder that was tried.
    struct Found {
        var rungs: [Int]
        /// One for each rung but the last, which is always believed.
        var thresholds: [Float]
        /// Mean score of the answers that stood.
        var accuracy: Double
        /// Mean cost of all that were asked.
        var cost: Double

        /// Better: within the budget where the other is not, else more accurate, else cheaper.
        func isBetter(than other: Found, budget: Double) -> Bool {
            let (here, there) = (cost <= budget, other.cost <= budget)
            if here != there { return here }
            if !here, cost != other.cost { return cost < other.cost }
            return accuracy != other.accuracy ? accuracy > other.accuracy : cost < other.cost
        }
    }

    /// How many thresholds are tried of each rung: equally many answers lie between two.
    private static let steps = 12

    /// The best thresholds of one ladder; nil if no question was answered by all of its rungs.
    ///
    /// - Parameters:
    ///   - believed: g of each rung but the last, `[rungs − 1][questions]`.
    ///   - scores: `[rungs][questions]`; NaN where a rung was not asked.
    ///   - costs: of each rung.
    static func best(
        rungs: [Int], believed: [[Float]], scores: [[Float]], costs: [Double], budget: Double
    ) -> Found? {
        let whole = scores[0].indices.filter { question in scores.allSatisfy { !$0[question].isNaN } }
        guard !whole.isEmpty else { return nil }
        let scores = scores.map { row in whole.map { Double(row[$0]) } }
        let believed = believed.map { row in whole.map { row[$0] } }
        var best: Found?
        for thresholds in grid(believed) {
            var score = 0.0
            var stops = [Int](repeating: 0, count: rungs.count)
            for question in whole.indices {
                var rung = 0
                while rung < thresholds.count, believed[rung][question] < thresholds[rung] { rung += 1 }
                stops[rung] += 1
                score += scores[rung][question]
            }
            var cost = 0.0
            var climbed = 0.0
            for rung in rungs.indices {
                climbed += costs[rung]
                cost += climbed * Double(stops[rung])
            }
            let count = Double(whole.count)
            let found = Found(rungs: rungs, thresholds: thresholds, accuracy: score / count, cost: cost / count)
            if best.map({ found.isBetter(than: $0, budget: budget) }) ?? true { best = found }
        }
        return best
    }

    /// All combinations of thresholds; what nothing reaches is among them, since a rung may only be there to be agreed with.
    private static func grid(_ believed: [[Float]]) -> [[Float]] {
        var combinations: [[Float]] = [[]]
        for row in believed {
            let sorted = row.sorted()
            var values: [Float] = [.infinity]
            for step in 0..<steps {
                let value = sorted[step * sorted.count / steps]
                if value != values.last { values.append(value) }
            }
            combinations = combinations.flatMap { before in values.map { before + [$0] } }
        }
        return combinations
    }
}
