private import Gating

/// The conditional logit model: each alternative of a choice has a utility, linear in few features, and is chosen with a
/// chance that is the softmax of the utilities.
///
///     P(a) = exp(u_a) / Σ_b exp(u_b),  u_a = offset_a + x_a · θ
///
/// Source: McFadden, "Conditional logit analysis of qualitative choice behavior", 1974. θ maximises
/// `Σ ln P(chosen) − ½ Σ_i λ_i (θ_i − start_i)²`, which is strictly concave, by Newton's method with the step halved until
/// the objective does not fall. Without chance, in one thread, sums in a fixed order.
struct ConditionalLogit {
    /// One feature that is not 0.
    struct Entry {
        var feature: Int
        var value: Double
    }

    /// One alternative of a choice.
    struct Alternative {
        var offset: Double
        /// In rising order of features, none twice.
        var entries: [Entry]
    }

    /// One choice: what there was, and which was chosen.
    struct Choice {
        var alternatives: [Alternative]
        var chosen: Int
    }

    /// θ, `[features]`.
    private(set) var parameters: [Double]

    /// Learns θ. `start` is where θ begins and what it is held to, with strength `penalty` above 0, both `[features]`.
    init(
        choices: [Choice], start: [Double], penalty: [Double], mostSteps: Int = 30, tolerance: Double = 1e-9
    ) {
        parameters = start
        var objective = Self.objective(parameters, choices, start, penalty)
        for _ in 0..<mostSteps {
            var (gradient, curvature) = Self.slope(parameters, choices, start, penalty)
            curvature.solve(&gradient)
            var fraction = 1.0
            var next = Self.moved(parameters, by: fraction, along: gradient)
            var value = Self.objective(next, choices, start, penalty)
            while value < objective, fraction > 1e-6 {
                fraction /= 2
                next = Self.moved(parameters, by: fraction, along: gradient)
                value = Self.objective(next, choices, start, penalty)
            }
            guard value > objective else { break }
            let gained = value - objective
            (parameters, objective) = (next, value)
            if gained < tolerance * (1 + abs(objective)) { break }
        }
    }

    /// The utility of an alternative.
    func utility(of alternative: Alternative) -> Double { Self.utility(of: alternative, parameters) }

    private static func utility(of alternative: Alternative, _ parameters: [Double]) -> Double {
        alternative.entries.reduce(alternative.offset) { $0 + $1.value * parameters[$1.feature] }
    }

    private static func moved(_ point: [Double], by fraction: Double, along step: [Double]) -> [Double] {
        zip(point, step).map { $0 + fraction * $1 }
    }

    /// The chances of a choice's alternatives, and the logarithm of the chosen one's.
    private static func chances(_ choice: Choice, _ parameters: [Double]) -> (chances: [Double], logLikelihood: Double)
    {
        let utilities = choice.alternatives.map { utility(of: $0, parameters) }
        let highest = utilities.max() ?? 0
        let terms = utilities.map { exponential($0 - highest) }
        let total = terms.reduce(0, +)
        return (terms.map { $0 / total }, utilities[choice.chosen] - highest - naturalLogarithm(total))
    }

    private static func objective(
        _ parameters: [Double], _ choices: [Choice], _ start: [Double], _ penalty: [Double]
    ) -> Double {
        var sum = 0.0
        for choice in choices { sum += chances(choice, parameters).logLikelihood }
        for index in parameters.indices {
            let distance = parameters[index] - start[index]
            sum -= penalty[index] * distance * distance / 2
        }
        return sum
    }

    /// The gradient of the objective, and minus its second derivative:
    /// `Σ (x_chosen − x̄) − λ (θ − start)` and `Σ (Σ_a P_a x_a x_aᵀ − x̄ x̄ᵀ) + diag λ`, with `x̄ = Σ_a P_a x_a`.
    private static func slope(
        _ parameters: [Double], _ choices: [Choice], _ start: [Double], _ penalty: [Double]
    ) -> (gradient: [Double], curvature: PositiveMatrix) {
        var gradient = parameters.indices.map { penalty[$0] * (start[$0] - parameters[$0]) }
        var curvature = PositiveMatrix(diagonal: penalty)
        var mean = [Double](repeating: 0, count: parameters.count)
        var isTouched = [Bool](repeating: false, count: parameters.count)
        for choice in choices {
            let chances = chances(choice, parameters).chances
            var touched: [Int] = []
            for (alternative, chance) in zip(choice.alternatives, chances) {
                for entry in alternative.entries {
                    if !isTouched[entry.feature] {
                        isTouched[entry.feature] = true
                        touched.append(entry.feature)
                    }
                    mean[entry.feature] += chance * entry.value
                }
                curvature.add(chance, timesSquareOf: alternative.entries)
            }
            for entry in choice.alternatives[choice.chosen].entries { gradient[entry.feature] += entry.value }
            touched.sort()
            let centre = touched.map { Entry(feature: $0, value: mean[$0]) }
            curvature.add(-1, timesSquareOf: centre)
            for entry in centre {
                gradient[entry.feature] -= entry.value
                mean[entry.feature] = 0
                isTouched[entry.feature] = false
            }
        }
        return (gradient, curvature)
    }
}
