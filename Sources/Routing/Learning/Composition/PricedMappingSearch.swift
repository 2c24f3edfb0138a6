import Core

/// Finds the expert of each category under a budget on mean dollars by branch and bound over categories.
///
/// For any price μ ≥ 0 of a dollar, no mapping within the budget B can lose less than (Lagrange)
///
///     Σ_c min_e (n_c L[c,e] + μ n_c D_e) − μ B
///
/// The μ with the highest bound is found once by halving; with it, what the categories still open must lose at least is a
/// table look-up. A branch that cannot beat the best mapping found, or cannot stay within the budget, is left.
struct PricedMappingSearch {
    /// Partial mappings looked at before the search is given up.
    static let limit = 10_000_000

    private struct Option {
        var expert: Int
        var loss: Int
        var cost: Int
    }

    /// Of each category, those that no other option beats in both loss and cost.
    private let options: [[Option]]
    private let most: Int
    private let multiplier: Double
    /// What the categories from each one on lose at least, with their costs at the multiplier, `[categories + 1]`.
    private let relaxed: [Double]
    private let leastLoss: [Int]
    private let leastCost: [Int]
    private var best: (loss: Int, cost: Int, experts: [Int])?
    private var chosen: [Int] = []
    private(set) var visited = 0

    /// - Parameters:
    ///   - prices: dollars of a question, `[experts]`.
    ///   - most: the mean dollars of a question.
    init(_ costs: MappingCosts, prices: [Double], most: Double) {
        let dearest = max(prices.max() ?? 0, 1e-300)
        let total = costs.questions.reduce(0, +)
        let units = prices.map { Int(($0 / dearest * 1e9).rounded()) }
        // One unit a question more: prices are rounded to a billionth of the dearest, and a budget may be met exactly.
        self.most = Int((min(most / dearest, 1) * 1e9 * Double(total)).rounded()) + total
        let affordable = prices.indices.filter { prices[$0] <= most }
        let options = (0..<costs.categories).map { category in
            let count = costs.questions[category]
            let all = (0..<costs.experts).map { expert in
                Option(
                    expert: expert, loss: count * costs.loss(category, expert), cost: count * units[expert])
            }
            guard count > 0 else {
                // Nothing depends on it: served by the best expert that the mean affords.
                return [Option(expert: costs.mapping(onto: affordable).experts[category], loss: 0, cost: 0)]
            }
            return Self.undominated(all)
        }
        self.options = options
        multiplier = Self.multiplier(for: options, most: self.most)
        let price = multiplier
        var relaxed = [0.0]
        var (losses, spending) = ([0], [0])
        for options in options.reversed() {
            let least = options.reduce(Double.infinity) { min($0, Double($1.loss) + price * Double($1.cost)) }
            relaxed.append(least + (relaxed.last ?? 0))
            losses.append(options.reduce(Int.max) { min($0, $1.loss) } + (losses.last ?? 0))
            spending.append(options.reduce(Int.max) { min($0, $1.cost) } + (spending.last ?? 0))
        }
        self.relaxed = relaxed.reversed()
        leastLoss = losses.reversed()
        leastCost = spending.reversed()
    }

    mutating func solve() throws -> CategoryMapping {
        try search(category: 0, loss: 0, cost: 0)
        guard let best else { throw Fault(.overBudget, "composition.budget", "no mapping fits") }
        return CategoryMapping(experts: best.experts)
    }

    /// Sorted by price, each loses less than all cheaper ones; of equals the lowest index stays.
    private static func undominated(_ options: [Option]) -> [Option] {
        var kept: [Option] = []
        for option in options.sorted(by: { ($0.cost, $0.loss, $0.expert) < ($1.cost, $1.loss, $1.expert) })
        where option.loss < kept.last?.loss ?? .max {
            kept.append(option)
        }
        return kept
    }

    /// The price of a unit of cost at which the cheapest relaxed choice just meets the budget; 0 if the budget is loose.
    private static func multiplier(for options: [[Option]], most: Int) -> Double {
        func spending(at price: Double) -> Int {
            options.reduce(0) { sum, options in
                let least = options.min {
                    Double($0.loss) + price * Double($0.cost) < Double($1.loss) + price * Double($1.cost)
                }
                return sum + (least?.cost ?? 0)
            }
        }
        guard spending(at: 0) > most else { return 0 }
        var (low, high) = (0.0, 1.0)
        while spending(at: high) > most, high < 1e18 { (low, high) = (high, high * 2) }
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if spending(at: middle) > most { low = middle } else { high = middle }
        }
        return high
    }

    private mutating func search(category: Int, loss: Int, cost: Int) throws {
        visited += 1
        guard visited <= Self.limit else {
            throw Fault(
                .tooLarge, "composition.budget",
                "the best mapping was not found among \(Self.limit) partial ones",
                hint: "Leave experts out, or use another budget")
        }
        guard category < options.count else { return propose(loss: loss, cost: cost) }
        let price = multiplier
        let ordered = options[category].sorted {
            (Double($0.loss) + price * Double($0.cost), $0.expert)
                < (Double($1.loss) + price * Double($1.cost), $1.expert)
        }
        for option in ordered
        where mayBeat(after: category + 1, loss: loss + option.loss, cost: cost + option.cost) {
            chosen.append(option.expert)
            try search(category: category + 1, loss: loss + option.loss, cost: cost + option.cost)
            chosen.removeLast()
        }
    }

    private func mayBeat(after category: Int, loss: Int, cost: Int) -> Bool {
        guard cost + leastCost[category] <= most else { return false }
        guard let best else { return true }
        // One part in 10¹² and a few units: room for the rounding of the relaxed sums.
        let slack = 4 + 1e-12 * (relaxed[0] + multiplier * Double(most))
        let bound = Double(loss) + relaxed[category] - multiplier * Double(most - cost) - slack
        let least = max(loss + leastLoss[category], Int(bound.rounded(.up)))
        return least < best.loss || (least == best.loss && cost + leastCost[category] <= best.cost)
    }

    private mutating func propose(loss: Int, cost: Int) {
        if let best {
            guard loss <= best.loss else { return }
            let isFirst = chosen.lexicographicallyPrecedes(best.experts)
            guard loss < best.loss || cost < best.cost || (cost == best.cost && isFirst) else { return }
        }
        best = (loss, cost, chosen)
    }
}
