import Core

/// The choice of experts for categories that loses least within a budget, solved exactly.
///
///     minimise   Σ_c n_c Σ_e (L[c,e] + λ P_e) y[c,e]
///     subject to Σ_e y[c,e] = 1,   y[c,e] ≤ z_e,   y, z ∈ {0, 1}
///     and        Σ_e P_e z_e ≤ B   (parameters)   or   Σ_c n_c Σ_e D_e y[c,e] ≤ B Σ_c n_c   (dollars)
///
/// Source: Composition of Experts, arXiv:2412.01868, solves a mixed-integer linear program for subset and mapping under a
/// parameter budget. The program above is our reconstruction, λ and the dollars are ours. Losses, parameters and dollars
/// become whole numbers, so sums are exact and a tie is a tie: it goes to fewer parameters (dollars under a dollar
/// budget), then to lower indices.
package struct CompositionProblem: Sendable {
    /// n: how many questions each category has, `[categories]`. A category without any is served by the best of those held,
    /// under a dollar budget by the best that costs no more than the mean.
    package var questions: [Int]
    /// L: the mean loss, `[categories × experts]`, 0...1.
    package var losses: [Double]
    /// What the experts cost.
    package var experts: [Evidence.Expert]
    /// λ: the loss that a billion active parameters is worth; 0 for none.
    package var parameterPrice: Double

    package init(
        questions: [Int], losses: [Double], experts: [Evidence.Expert], parameterPrice: Double = 0
    ) {
        precondition(losses.count == questions.count * experts.count, "losses are categories × experts")
        self.questions = questions
        self.losses = losses
        self.experts = experts
        self.parameterPrice = parameterPrice
    }

    /// The best mapping.
    ///
    /// - Throws: a `Fault` if parameters or dollars are not known of every expert but needed, if no expert fits the budget,
    ///   or if the search would take too long.
    package func solve(within budget: CompositionBudget?) throws -> CategoryMapping {
        guard !experts.isEmpty else {
            throw Fault(.unsupported, "composition", "there is no expert to map categories onto")
        }
        let sizes = experts.compactMap(\.activeParameters).filter { $0 > 0 && $0 < 1e6 }
        if sizes.count < experts.count, parameterPrice > 0 { throw Self.unknown("active parameters") }
        let units = sizes.count == experts.count ? sizes.map { Int(($0 * 1e6).rounded()) } : experts.map { _ in 0 }
        let weighed = MappingCosts(
            questions: questions, losses: wholeLosses(sizes: sizes), parameters: units)
        switch budget {
        case nil: return weighed.mapping(onto: Array(experts.indices))
        case .parameters(let billions):
            guard sizes.count == experts.count else { throw Self.unknown("active parameters") }
            guard let least = sizes.min(), billions >= least else {
                throw Fault(
                    .overBudget, "composition.budget", "no expert has \(billions) billion parameters or fewer",
                    expected: "\(sizes.min() ?? 0) billion or more, what the smallest expert has")
            }
            var search = HeldExpertsSearch(weighed, most: Int((min(billions, 1e9) * 1e6).rounded()))
            return try search.solve()
        case .dollars(let mean):
            let prices = experts.compactMap(\.dollars).filter { $0 >= 0 && $0.isFinite }
            guard prices.count == experts.count else { throw Self.unknown("dollars") }
            guard let least = prices.min(), mean >= least else {
                throw Fault(
                    .overBudget, "composition.budget", "no expert costs \(mean) dollars a question or less",
                    expected: "\(prices.min() ?? 0) dollars or more, what the cheapest expert costs")
            }
            var search = PricedMappingSearch(weighed, prices: prices, most: mean)
            return try search.solve()
        }
    }

    /// Losses in billionths, with the price of parameters in them.
    private func wholeLosses(sizes: [Double]) -> [Int] {
        losses.indices.map { index in
            let size = parameterPrice > 0 ? parameterPrice * sizes[index % experts.count] : 0
            return Int((min(max(losses[index] + size, 0), 1e3) * 1e9).rounded())
        }
    }

    private static func unknown(_ what: String) -> Fault {
        Fault(
            .unsupported, "composition.budget", "the \(what) are not known of every expert",
            expected: "a number above 0 for each", hint: "Give the numbers, or leave the budget out")
    }
}

/// The whole numbers that a mapping is searched with.
struct MappingCosts: Sendable {
    /// n, `[categories]`.
    let questions: [Int]
    /// In billionths, `[categories × experts]`.
    let losses: [Int]
    /// In thousands, `[experts]`; 0 where they are not known.
    let parameters: [Int]

    var categories: Int { questions.count }

    var experts: Int { parameters.count }

    func loss(_ category: Int, _ expert: Int) -> Int { losses[category * experts + expert] }

    /// Every category's best expert among some; ties go to fewer parameters, then to the lower index.
    func mapping(onto held: [Int]) -> CategoryMapping {
        let chosen = (0..<categories).map { category in
            held.min {
                (loss(category, $0), parameters[$0], $0) < (loss(category, $1), parameters[$1], $1)
            } ?? 0
        }
        return CategoryMapping(experts: chosen)
    }

    /// Σ n · L of a mapping, in billionths.
    func total(of mapping: CategoryMapping) -> Int {
        mapping.experts.enumerated().reduce(0) { $0 + questions[$1.offset] * loss($1.offset, $1.element) }
    }
}
