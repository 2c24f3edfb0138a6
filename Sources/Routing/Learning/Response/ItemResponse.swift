import Core
import Gating

/// The numbers of an item response model, and the slope of its error in them.
struct ItemResponse: Sendable {
    private let inputs: Int
    private let dimensions: Int
    private let experts: Int
    /// θ, `[experts × dimensions]`; A with a₀, `[dimensions × (inputs + 1)]`; B with b₀, `[inputs + 1]`.
    var parameters: [Float]

    /// Begins where questions are all alike: the first ability is the log-odds of the expert's mean score, the others are
    /// small seeded draws, without which they would have no slope.
    init(inputs: Int, dimensions: Int, means: [Float], seed: UInt64) {
        self.inputs = inputs
        self.dimensions = dimensions
        experts = means.count
        parameters = [Float](repeating: 0, count: experts * dimensions + (dimensions + 1) * (inputs + 1))
        var random = SeededRandom(seed: seed)
        for expert in 0..<experts {
            parameters[expert * dimensions] = LogOdds.of(means[expert])
            for index in 1..<max(1, dimensions) {
                parameters[expert * dimensions + index] = Float(random.unit() - 0.5)
            }
        }
        // a₀ = (1, 0, …): at first only the first ability counts.
        parameters[demandRow(0) + inputs] = 1
    }

    /// P(right) of every expert, `[experts]`.
    func probabilities(_ row: [Float]) -> [Float] {
        let (demand, difficulty) = item(row)
        return (0..<experts).map { expert in
            var logit = -difficulty
            for index in 0..<dimensions { logit += demand[index] * parameters[expert * dimensions + index] }
            return LogOdds.probability(of: logit)
        }
    }

    /// Sets the slope to that of the priors: of `penalty` on A and B, of 0.1 of it on abilities, none on a₀ and b₀.
    func beginSlope(_ slope: inout [Float], penalty: Float) {
        let abilities = experts * dimensions
        for index in 0..<abilities { slope[index] = 0.1 * penalty * parameters[index] }
        for index in abilities..<parameters.count { slope[index] = penalty * parameters[index] }
        for index in 0...dimensions { slope[demandRow(index) + inputs] = 0 }
    }

    /// Adds the slope of −ln P of one question's outcomes; NaN scores were not asked for.
    func addSlope(of row: [Float], scores: ArraySlice<Float>, to slope: inout [Float]) {
        let (demand, _) = item(row)
        let expected = probabilities(row)
        var demandSlope = [Float](repeating: 0, count: dimensions + 1)
        for (expert, score) in zip(0..<experts, scores) where !score.isNaN {
            let excess = expected[expert] - score
            for index in 0..<dimensions {
                let place = expert * dimensions + index
                slope[place] += excess * demand[index]
                demandSlope[index] += excess * parameters[place]
            }
            demandSlope[dimensions] -= excess
        }
        for index in 0...dimensions {
            let start = demandRow(index)
            RowArithmetic.add(demandSlope[index], times: row.span, to: &slope, from: start)
            slope[start + inputs] += demandSlope[index]
        }
    }

    /// Where a row of A begins; after the last of them comes B.
    private func demandRow(_ index: Int) -> Int { experts * dimensions + index * (inputs + 1) }

    /// a_q and b_q.
    private func item(_ row: [Float]) -> (demand: [Float], difficulty: Float) {
        var values = (0...dimensions).map { index in
            let start = demandRow(index)
            return RowArithmetic.dot(parameters.span.extracting(start..<start + inputs), row.span)
                + parameters[start + inputs]
        }
        let difficulty = values.removeLast()
        return (values, difficulty)
    }
}
