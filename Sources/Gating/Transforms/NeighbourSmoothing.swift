/// Lets similar rows vote on each other's scores, so that two nearly equal questions or tokens do not choose differently
/// by a hair.
///
///     r̃_i = (1 − mix) · r_i + mix · Σ_j S_ij r_j,  S = softmax over j of (x_i · x_j / τ)
///
/// where r are scores of rows and x their vectors. Source: similarity-aware routing over a graph of tokens
/// (arXiv:2505.00792); S and τ in this form are ours, and so is `mix`: at 0 the scores stay as they are. A score that
/// excludes an expert from a row (NaN, minus infinity) stays, and is left out of its neighbours' means.
public struct NeighbourSmoothing: Sendable {
    private let mix: Double
    private let temperature: Double

    /// The part that neighbours have, 0...1, and the temperature of their likeness, above 0; refuses others.
    public init(mix: Double, temperature: Double = 0.1) throws(GateRefusal) {
        guard (0...1).contains(mix) else {
            throw GateRefusal(subject: "NeighbourSmoothing.mix", found: "\(mix)", expected: "a number from 0 to 1")
        }
        self.temperature = try checkedTemperature(temperature, of: "NeighbourSmoothing")
        self.mix = mix
    }

    /// The scores of all rows, smoothed by each other; each row is one of its own neighbours.
    /// - Parameter vectors: the vector of each row, `[rows × dimension]`.
    public func smooth(_ scores: ScoreMatrix, vectors: [Float], dimension: Int) throws(GateRefusal) -> ScoreMatrix {
        try check(scores, vectors, dimension)
        var values: [Float] = []
        values.reserveCapacity(scores.values.count)
        for row in 0..<scores.rows {
            values += smoothed(
                Array(scores.values[row * scores.experts..<(row + 1) * scores.experts]),
                vector: vectors[row * dimension..<(row + 1) * dimension], scores, vectors, dimension)
        }
        return try ScoreMatrix(rows: scores.rows, experts: scores.experts, values: values)
    }

    /// The scores of one row, `[experts]`, smoothed by those of neighbours among which it need not be.
    /// - Parameters:
    ///   - vector: the row's, `[dimension]`.
    ///   - vectors: the neighbours', `[neighbours × dimension]`.
    public func smooth(
        _ row: [Float], vector: [Float], by neighbours: ScoreMatrix, vectors: [Float]
    ) throws(GateRefusal) -> [Float] {
        try check(neighbours, vectors, vector.count)
        guard row.count == neighbours.experts else {
            throw GateRefusal(
                subject: "NeighbourSmoothing.row", found: "scores for \(row.count) experts",
                expected: "scores for \(neighbours.experts)")
        }
        return smoothed(row, vector: vector[...], neighbours, vectors, vector.count)
    }

    private func check(_ scores: ScoreMatrix, _ vectors: [Float], _ dimension: Int) throws(GateRefusal) {
        let (needed, overflows) = scores.rows.multipliedReportingOverflow(by: dimension)
        guard dimension >= 0, !overflows, vectors.count == needed else {
            throw GateRefusal(
                subject: "NeighbourSmoothing.vectors", found: "\(vectors.count) numbers",
                expected: "\(scores.rows) rows × \(dimension) numbers")
        }
    }

    private func smoothed(
        _ row: [Float], vector: ArraySlice<Float>, _ neighbours: ScoreMatrix, _ vectors: [Float], _ dimension: Int
    ) -> [Float] {
        guard mix > 0, neighbours.rows > 0 else { return row }
        let weights = likeness(of: Array(vector), vectors, rows: neighbours.rows)
        return row.indices.map { expert in
            guard row[expert].isChoosable else { return row[expert] }
            var (sum, total) = (0.0, 0.0)
            for other in weights.indices where neighbours[other, expert].isChoosable {
                sum += weights[other] * Double(neighbours[other, expert])
                total += weights[other]
            }
            return total > 0 ? Float((1 - mix) * Double(row[expert]) + mix * sum / total) : row[expert]
        }
    }

    /// exp((x · x_j − the highest) / τ) for each neighbour j.
    private func likeness(of vector: [Float], _ vectors: [Float], rows: Int) -> [Double] {
        var products = [Float](repeating: 0, count: rows)
        for other in 0..<rows {
            let start = other * vector.count
            var sum: Float = 0
            for place in vector.indices { sum += vector[place] * vectors[start + place] }
            products[other] = sum
        }
        let highest = products.max() ?? 0
        return products.map { exponential(Double($0 - highest) / temperature) }
    }
}
