import Gating
import Support
import Testing

struct NeighbourSmoothingTests {
    /// Two rows, vectors (1, 0) and (0, 1), τ = 1: likeness e and 1, so S = 0.731059 and 0.268941. Scores 1 and 0 of the
    /// first expert become 0.731 and 0.269 at a mix of 1, and 0.8655 and 0.1345 at a half.
    @Test func aRowIsMixedWithItsNeighbours() throws {
        let scores = try ScoreMatrix(rows: 2, experts: 2, values: [1, 0, 0, 1])
        let vectors: [Float] = [1, 0, 0, 1]
        let full = try NeighbourSmoothing(mix: 1, temperature: 1).smooth(scores, vectors: vectors, dimension: 2)
        #expect(agree(full.values, [0.731059, 0.268941, 0.268941, 0.731059], within: 1e-5))
        let half = try NeighbourSmoothing(mix: 0.5, temperature: 1).smooth(scores, vectors: vectors, dimension: 2)
        #expect(agree(half.values, [0.865529, 0.134471, 0.134471, 0.865529], within: 1e-5))
    }

    /// A neighbour that excludes an expert has no part in its mean, and stays excluded.
    @Test func exclusionStaysAndIsNotShared() throws {
        let scores = try ScoreMatrix(rows: 2, experts: 2, values: [1, .nan, 0, 0.5])
        let smooth = try NeighbourSmoothing(mix: 1, temperature: 1).smooth(scores, vectors: [1, 1], dimension: 1)
        #expect(agree(smooth.values, [0.5, .nan, 0.5, 0.5], within: 1e-6))
    }

    /// Laws: a mix of 0 changes nothing; equal rows stay equal; what comes out lies between the least and the most of a
    /// column; and a row is smoothed alone as it is among its neighbours.
    @Test func smoothingIsAMean() throws {
        var random = TestRandom(seed: 81)
        for _ in 0..<60 {
            let (rows, experts, dimension) = (1 + Int(random.next() % 6), 1 + Int(random.next() % 4), 3)
            let scores = try ScoreMatrix(
                rows: rows, experts: experts, values: (0..<rows * experts).map { _ in random.score() })
            let vectors = (0..<rows * dimension).map { _ in random.score() }
            let off = try NeighbourSmoothing(mix: 0).smooth(scores, vectors: vectors, dimension: dimension)
            #expect(off == scores)
            let smoothing = try NeighbourSmoothing(mix: 0.7)
            let smooth = try smoothing.smooth(scores, vectors: vectors, dimension: dimension)
            for row in 0..<rows {
                let alone = try smoothing.smooth(
                    (0..<experts).map { scores[row, $0] },
                    vector: Array(vectors[row * dimension..<(row + 1) * dimension]), by: scores, vectors: vectors)
                for expert in 0..<experts {
                    let column = (0..<rows).map { scores[$0, expert] }
                    let (least, most) = (column.min() ?? 0, column.max() ?? 0)
                    #expect((least - 1e-4...most + 1e-4).contains(smooth[row, expert]))
                    #expect(alone[expert] == smooth[row, expert])
                }
            }
        }
    }

    @Test func refusesWhatDoesNotFit() throws {
        #expect(throws: GateRefusal.self) { try NeighbourSmoothing(mix: 1.1) }
        #expect(throws: GateRefusal.self) { try NeighbourSmoothing(mix: 0.5, temperature: 0) }
        let scores = try ScoreMatrix(rows: 2, experts: 1, values: [1, 2])
        let refusal = #expect(throws: GateRefusal.self) {
            try NeighbourSmoothing(mix: 0.5).smooth(scores, vectors: [1, 2, 3], dimension: 2)
        }
        #expect(
            refusal?.description
                == "NeighbourSmoothing.vectors: found 3 numbers, expected 2 rows × 2 numbers.")
        #expect(throws: GateRefusal.self) {
            try NeighbourSmoothing(mix: 0.5).smooth([1, 2], vector: [1], by: scores, vectors: [1, 2])
        }
    }
}
