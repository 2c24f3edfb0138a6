public import Core

/// Takes seats away from experts that were hardly recruited in a batch, so that nobody is loaded for a handful of
/// questions.
///
/// Source: Symbolic-MoE, arXiv:2503.05641: experts with under 5 % of all seats are removed, each of their seats is drawn
/// again from the survivors in proportion to the survivors' counts, all other seats stay. The released script defines
/// this but never calls it, so `trim` is 0 by default.
public struct RareExpertTrim: Sendable {
    private let least: Double

    /// - Parameter least: the smallest share of all seats that an expert keeps its seats with, 0...1.
    public init(least: Double) { self.least = least }

    /// The same recruitments with rare experts replaced.
    ///
    /// - Throws: a `Fault` if nobody would be left.
    public func trim(_ recruitments: [Recruitment], seed: UInt64) throws -> [Recruitment] {
        var counts: [ExpertID: Int] = [:]
        for seat in recruitments.flatMap(\.seats) { counts[seat.expert, default: 0] += 1 }
        let total = counts.values.reduce(0, +)
        let survivors = counts.filter { Double($0.value) >= least * Double(total) }.sorted { $0.key < $1.key }
        guard survivors.count < counts.count else { return recruitments }
        guard !survivors.isEmpty else {
            throw Fault(
                .invalidSettings, "routing.trim", "no expert has \(least) of the seats, so nobody would be left",
                hint: "Lower it below \(1 / Double(counts.count))")
        }
        let kept = Set(survivors.map(\.key))
        let weights = survivors.map { Double($0.value) }
        let sum = weights.reduce(0, +)
        var random = SeededRandom(seed: seed)
        return recruitments.map { recruitment in
            var trimmed = recruitment
            for index in trimmed.seats.indices where !kept.contains(trimmed.seats[index].expert) {
                let drawn = random.index(weightedBy: weights)
                trimmed.seats[index] = .init(expert: survivors[drawn].key, probability: weights[drawn] / sum)
            }
            return trimmed
        }
    }
}

extension SeededRandom {
    /// An index drawn in proportion to positive weights.
    fileprivate mutating func index(weightedBy weights: [Double]) -> Int {
        var rest = unit() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return index }
        }
        return weights.count - 1
    }
}
