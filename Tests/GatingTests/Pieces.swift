import Gating

/// One row through one normaliser.
func normalised(_ row: [Float], by normaliser: some Normaliser) -> [Float] {
    var result = row
    var span = result.mutableSpan
    normaliser.normalise(&span)
    return result
}

/// One row of weights through one policy.
func weighed(_ weights: [Float], by policy: some WeightPolicy) -> [Float] {
    var result = weights
    var span = result.mutableSpan
    policy.weigh(&span)
    return result
}

/// The seats a selector without chance fills from one row.
func chosen(by selector: some DeterministicSelector, from row: [Float]) -> [Int] {
    var seats = Seats()
    selector.choose(from: row.span, weighing: row.span, into: &seats)
    return seats.experts
}

/// The seats a drawing selector fills from one row.
func drawn(
    by selector: some Selector, from row: [Float], using random: inout some RandomNumberGenerator
) -> [Int] {
    var seats = Seats()
    selector.choose(from: row.span, weighing: row.span, into: &seats, using: &random)
    return seats.experts
}

/// Choosable experts from best to worst, lower index first: the plain twin of every ranking.
func ranked(_ row: [Float]) -> [Int] {
    row.indices.filter { row[$0] > -.infinity }.sorted { (-row[$0], $0) < (-row[$1], $1) }
}

/// Whether two rows agree within an absolute tolerance, NaN with NaN.
func agree(_ left: [Float], _ right: [Float], within tolerance: Float) -> Bool {
    left.count == right.count
        && zip(left, right).allSatisfy { ($0.isNaN && $1.isNaN) || $0 == $1 || abs($0 - $1) <= tolerance }
}
