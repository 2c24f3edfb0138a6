import Core

/// Finds the experts to hold under a parameter budget by branch and bound over subsets.
///
/// What a set S saves is submodular: an expert added later never saves more. So nothing below S can lose less than
///
///     f(S) − max Σ gain(e | S) x_e   over 0 ≤ x ≤ 1, Σ P_e x_e ≤ B − P(S)      (a fractional knapsack)
///     Σ_c n_c min over S and all that still fit of L[c,e]
///
/// and a branch that cannot beat the best set found is left. An expert that another equals or betters in every category at
/// fewer parameters is never tried (with equal parameters the lower index stays).
struct HeldExpertsSearch {
    /// Sets looked at before the search is given up; hundreds are usual.
    static let limit = 3_000_000

    private let costs: MappingCosts
    private let most: Int
    private var best: (loss: Int, parameters: Int, held: [Int], mapping: CategoryMapping)?
    /// How many sets were looked at.
    private(set) var visited = 0

    init(_ costs: MappingCosts, most: Int) {
        self.costs = costs
        self.most = most
    }

    mutating func solve() throws -> CategoryMapping {
        let worst = (0..<costs.categories).map { category in
            (0..<costs.experts).reduce(0) { max($0, costs.loss(category, $1)) }
        }
        let contenders = (0..<costs.experts).filter { expert in
            costs.parameters[expert] <= most && !(0..<costs.experts).contains { isBetter($0, than: expert) }
        }
        try search(held: [], current: worst, spent: 0, contenders: contenders)
        guard let best else {
            throw Fault(.overBudget, "composition.budget", "no expert fits")
        }
        return best.mapping
    }

    /// Whether `other` makes `expert` superfluous.
    private func isBetter(_ other: Int, than expert: Int) -> Bool {
        let (left, right) = (costs.parameters[other], costs.parameters[expert])
        guard other != expert, left < right || (left == right && other < expert) else { return false }
        return (0..<costs.categories).allSatisfy { costs.loss($0, other) <= costs.loss($0, expert) }
    }

    private struct Gain {
        var expert: Int
        var saved: Int
        var parameters: Int
    }

    /// - Parameter current: the least loss of each category among the held; the worst there is while nobody is.
    private mutating func search(held: [Int], current: [Int], spent: Int, contenders: [Int]) throws {
        visited += 1
        guard visited <= Self.limit else {
            throw Fault(
                .tooLarge, "composition.budget",
                "the best experts to hold were not found among \(Self.limit) sets",
                hint: "Leave experts out, or use a budget that more or fewer of them fit")
        }
        if !held.isEmpty { propose(held) }
        let room = most - spent
        // While nobody is held every expert may be the first, even one that saves nothing against the worst.
        let gains = contenders.compactMap { expert -> Gain? in
            guard costs.parameters[expert] <= room else { return nil }
            let saved = (0..<costs.categories).reduce(0) { sum, category in
                sum + costs.questions[category] * max(0, current[category] - costs.loss(category, expert))
            }
            return saved > 0 || held.isEmpty
                ? Gain(expert: expert, saved: saved, parameters: costs.parameters[expert]) : nil
        }.sorted { left, right in
            let (a, b) = (Double(left.saved) * Double(right.parameters), Double(right.saved) * Double(left.parameters))
            return a > b || (a == b && left.expert < right.expert)
        }
        let loss = (0..<costs.categories).reduce(0) { $0 + costs.questions[$1] * current[$1] }
        for (place, gain) in gains.enumerated() {
            let rest = gains[place...]
            guard mayBeat(loss: loss, current: current, spent: spent, rest: rest) else { return }
            let lowered = (0..<costs.categories).map { min(current[$0], costs.loss($0, gain.expert)) }
            try search(
                held: held + [gain.expert], current: lowered, spent: spent + gain.parameters,
                contenders: rest.dropFirst().map(\.expert))
        }
    }

    /// Keeps a set if it is the best so far, without those of its experts that serve nobody.
    private mutating func propose(_ held: [Int]) {
        let mapping = costs.mapping(onto: held)
        let used = mapping.held
        let loss = costs.total(of: mapping)
        let parameters = used.reduce(0) { $0 + costs.parameters[$1] }
        if let best {
            guard loss <= best.loss else { return }
            let isFirst = used.lexicographicallyPrecedes(best.held)
            guard loss < best.loss || parameters < best.parameters || (parameters == best.parameters && isFirst)
            else { return }
        }
        best = (loss, parameters, used, mapping)
    }

    /// Whether adding some of `rest`, best saving per parameter first, may give a better set than the best so far.
    private func mayBeat(loss: Int, current: [Int], spent: Int, rest: ArraySlice<Gain>) -> Bool {
        guard let best else { return true }
        var room = most - spent
        var saved = 0
        for gain in rest {
            guard gain.parameters > room else {
                saved += gain.saved
                room -= gain.parameters
                continue
            }
            // Rounded up, with room for the rounding of the product.
            saved += Int(Double(gain.saved) * Double(room) / Double(gain.parameters)) + 2
            break
        }
        guard !isHopeless(loss - saved, spent: spent, rest: rest, best: best) else { return false }
        let all = (0..<costs.categories).reduce(0) { sum, category in
            let least = rest.reduce(current[category]) { min($0, costs.loss(category, $1.expert)) }
            return sum + costs.questions[category] * least
        }
        return !isHopeless(all, spent: spent, rest: rest, best: best)
    }

    /// Whether a lower bound excludes any improvement: by loss, or at equal loss by parameters.
    private func isHopeless(
        _ bound: Int, spent: Int, rest: ArraySlice<Gain>,
        best: (loss: Int, parameters: Int, held: [Int], mapping: CategoryMapping)
    ) -> Bool {
        let next = rest.reduce(Int.max) { min($0, $1.parameters) }
        return bound > best.loss || (bound == best.loss && spent + next > best.parameters)
    }
}
