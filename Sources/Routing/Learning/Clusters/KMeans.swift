import Core

/// Gathers rows around centres, so that each row lies nearest to the centre that is the mean of its cluster.
///
/// Lloyd's iteration, begun by k-means++ (Arthur and Vassilvitskii 2007: each next centre is a row, drawn in proportion to
/// its squared distance from those there already). Rows are brought to length 1 first, as by the Avengers
/// (arXiv:2505.19797); a row without direction stays at the origin. A cluster that loses all its rows keeps its centre.
package struct KMeans: Sendable {
    package let dimension: Int
    /// `[clusters × dimension]`.
    package private(set) var centres: [Float]
    /// The cluster of each row that was learned from, `[rows]`.
    package private(set) var labels: [Int]
    /// |c|² of each centre.
    private var squares: [Float] = []

    /// How many clusters there are: as many as asked for, or as there are different rows.
    package var count: Int { dimension == 0 ? 1 : centres.count / dimension }

    /// Gathers the rows; at most `rounds` of Lloyd's iteration, fewer if no row changes its cluster any more.
    package init(_ vectors: [[Float]], clusters: Int, rounds: Int = 20, seed: UInt64) {
        precondition(clusters > 0, "there is a cluster")
        dimension = vectors.reduce(0) { max($0, $1.count) }
        centres = []
        labels = [Int](repeating: 0, count: vectors.count)
        guard dimension > 0 else { return }
        let rows = vectors.map { Self.unit($0, dimension: dimension) }
        begin(rows, clusters: clusters, seed: seed)
        for round in 0..<rounds {
            measureCentres()
            guard assign(rows) || round == 0 else { break }
            moveCentres(rows)
        }
        measureCentres()
        _ = assign(rows)
    }

    /// The distance of each centre from a row of any length, which is brought to 1 first, `[clusters]`.
    package func distances(to vector: [Float]) -> [Float] {
        guard dimension > 0 else { return [0] }
        let row = Self.unit(vector, dimension: dimension)
        let square = RowArithmetic.dot(row, row)
        return squares.indices.map { max(0, square - 2 * product(row, $0) + squares[$0]).squareRoot() }
    }

    private static func unit(_ vector: [Float], dimension: Int) -> [Float] {
        var row = [Float](repeating: 0, count: dimension)
        for (index, value) in vector.prefix(dimension).enumerated() where value.isFinite { row[index] = value }
        let length = RowArithmetic.dot(row, row).squareRoot()
        guard length > 1e-15, length.isFinite else { return [Float](repeating: 0, count: dimension) }
        for index in row.indices { row[index] /= length }
        return row
    }

    private func product(_ row: [Float], _ centre: Int) -> Float {
        RowArithmetic.dot(row.span, centres.span.extracting(centre * dimension..<(centre + 1) * dimension))
    }

    private mutating func begin(_ rows: [[Float]], clusters: Int, seed: UInt64) {
        guard !rows.isEmpty else {
            centres = [Float](repeating: 0, count: dimension)
            return
        }
        var random = SeededRandom(seed: seed)
        centres = rows[random.below(rows.count)]
        // The squared distance of each row from the nearest centre so far.
        var gaps = [Double](repeating: .infinity, count: rows.count)
        while true {
            let newest = count - 1
            let square = product(Array(centres.suffix(dimension)), newest)
            var total = 0.0
            for (index, row) in rows.enumerated() {
                let gap = RowArithmetic.dot(row, row) - 2 * product(row, newest) + square
                // Rounding leaves a little between equal rows.
                gaps[index] = min(gaps[index], gap > 1e-6 ? Double(gap) : 0)
                total += gaps[index]
            }
            guard count < clusters, total > 0 else { return }
            let target = random.unit() * total
            var sum = 0.0
            var drawn = 0
            for index in gaps.indices where gaps[index] > 0 {
                drawn = index
                sum += gaps[index]
                if sum > target { break }
            }
            centres += rows[drawn]
        }
    }

    private mutating func measureCentres() {
        squares = (0..<count).map { centre in
            let row = centres.span.extracting(centre * dimension..<(centre + 1) * dimension)
            return RowArithmetic.dot(row, row)
        }
    }

    /// Puts each row to its nearest centre, of equals the lower; whether any row changed.
    private mutating func assign(_ rows: [[Float]]) -> Bool {
        var hasChanged = false
        for (index, row) in rows.enumerated() {
            var best = 0
            var least = Float.infinity
            for centre in squares.indices {
                let gap = squares[centre] - 2 * product(row, centre)
                if gap < least { (best, least) = (centre, gap) }
            }
            if labels[index] != best {
                labels[index] = best
                hasChanged = true
            }
        }
        return hasChanged
    }

    private mutating func moveCentres(_ rows: [[Float]]) {
        var sums = [Double](repeating: 0, count: centres.count)
        var counts = [Int](repeating: 0, count: count)
        for (row, label) in zip(rows, labels) {
            counts[label] += 1
            for index in 0..<dimension { sums[label * dimension + index] += Double(row[index]) }
        }
        for index in centres.indices where counts[index / dimension] > 0 {
            centres[index] = Float(sums[index] / Double(counts[index / dimension]))
        }
    }
}
