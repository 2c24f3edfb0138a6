import Core

/// The numbers of a matrix factorisation, and the slope of its error on one question's battles.
struct ExpertFactors: Sendable {
    /// Battles of a question that make one step; where there are more pairs of experts, that many are drawn.
    private static let battles = 64

    private let inputs: Int
    private let width: Int
    private let experts: Int
    /// v, `[experts × width]`; w, `[width]`; A with a constant, `[width × (inputs + 1)]`.
    var parameters: [Float]

    /// Begins with seeded experts' features, w = 1 and A = 0: all battles are even.
    init(inputs: Int, width: Int, experts: Int, seed: UInt64) {
        self.inputs = inputs
        self.width = width
        self.experts = experts
        parameters = [Float](repeating: 0, count: experts * width + width + width * (inputs + 1))
        var random = SeededRandom(seed: seed)
        for index in 0..<experts * width { parameters[index] = Float(2 * random.unit() - 1) }
        for index in 0..<width { parameters[experts * width + index] = 1 }
    }

    /// δ of every expert, `[experts]`.
    func strengths(_ row: [Float]) -> [Float] {
        let question = features(of: row)
        return (0..<experts).map { expert in
            let (unit, _) = direction(of: expert)
            return (0..<width).reduce(0) { $0 + weight($1) * unit[$1] * question[$1] }
        }
    }

    /// Sets the slope to that of the prior on A, whose constants are free, as are v, of which only the direction counts,
    /// and w.
    func beginSlope(_ slope: inout [Float], penalty: Float) {
        for index in 0..<questionRow(0) { slope[index] = 0 }
        for index in questionRow(0)..<parameters.count { slope[index] = penalty * parameters[index] }
        for index in 0..<width { slope[questionRow(index) + inputs] = 0 }
    }

    /// Adds the slope of −ln P of the battles of one question; together they count as much as there are experts, less one.
    func addSlope(
        of row: [Float], scores: ArraySlice<Float>, to slope: inout [Float], using random: inout SeededRandom
    ) {
        let asked = zip(0..<experts, scores).filter { !$0.1.isNaN }.map { (expert: $0.0, score: $0.1) }
        guard asked.count > 1 else { return }
        let question = features(of: row)
        let directions = (0..<experts).map { direction(of: $0) }
        let strengths = directions.map { direction in
            (0..<width).reduce(0) { $0 + weight($1) * direction.unit[$1] * question[$1] }
        }
        var pull = [Float](repeating: 0, count: experts)
        let pairs = Self.pairs(of: asked.count, using: &random)
        for (first, second) in pairs {
            let (one, other) = (asked[first], asked[second])
            let wins = 0.5 + (one.score - other.score) / 2
            let excess = LogOdds.probability(of: strengths[one.expert] - strengths[other.expert]) - wins
            pull[one.expert] += excess
            pull[other.expert] -= excess
        }
        let share = Float(asked.count - 1) / Float(pairs.count)
        var questionSlope = [Float](repeating: 0, count: width)
        for expert in 0..<experts where pull[expert] != 0 {
            let (unit, length) = directions[expert]
            let strength = pull[expert] * share
            let unitSlope = (0..<width).map { strength * weight($0) * question[$0] }
            // Only what turns the direction moves v.
            let along = (0..<width).reduce(0) { $0 + unit[$1] * unitSlope[$1] }
            for index in 0..<width {
                slope[expert * width + index] += (unitSlope[index] - along * unit[index]) / length
                slope[experts * width + index] += strength * unit[index] * question[index]
                questionSlope[index] += strength * weight(index) * unit[index]
            }
        }
        for index in 0..<width {
            let start = questionRow(index)
            RowArithmetic.add(questionSlope[index], times: row.span, to: &slope, from: start)
            slope[start + inputs] += questionSlope[index]
        }
    }

    /// All pairs of different places below `count`, or as many as make a step, drawn.
    private static func pairs(of count: Int, using random: inout SeededRandom) -> [(Int, Int)] {
        guard count * (count - 1) / 2 > battles else {
            return (0..<count).flatMap { first in (first + 1..<count).map { (first, $0) } }
        }
        return (0..<battles).map { _ in
            let first = random.below(count)
            let second = random.below(count - 1)
            return (first, second < first ? second : second + 1)
        }
    }

    /// A x.
    private func features(of row: [Float]) -> [Float] {
        (0..<width).map { index in
            let start = questionRow(index)
            return RowArithmetic.dot(parameters.span.extracting(start..<start + inputs), row.span)
                + parameters[start + inputs]
        }
    }

    /// v / |v| and |v|, which is never quite 0.
    private func direction(of expert: Int) -> (unit: [Float], length: Float) {
        let row = parameters[expert * width..<(expert + 1) * width]
        let length = max(row.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-6)
        return (row.map { $0 / length }, length)
    }

    private func weight(_ index: Int) -> Float { parameters[experts * width + index] }

    private func questionRow(_ index: Int) -> Int { (experts + 1) * width + index * (inputs + 1) }
}
