import Gating
import Testing

struct ScoreMatrixTests {
    @Test func readsRowAfterRow() throws {
        let scores = try ScoreMatrix(rows: 2, experts: 3, values: [1, 2, 3, 4, 5, 6])
        #expect(scores[0, 2] == 3)
        #expect(scores[1, 0] == 4)
    }

    @Test func aSingleRowNeedsNoSizes() throws {
        #expect(try ScoreMatrix(row: [7, 8]) == ScoreMatrix(rows: 1, experts: 2, values: [7, 8]))
    }

    @Test(arguments: [(2, 3, 5), (2, 3, 7), (-1, -3, 3), (1, -1, 0), (Int.max, 2, 0), (0, 4, 1)])
    func refusesSizesThatDoNotFitTheValues(rows: Int, experts: Int, count: Int) {
        #expect(throws: GateRefusal.self) {
            try ScoreMatrix(rows: rows, experts: experts, values: [Float](repeating: 0, count: count))
        }
    }

    @Test func saysWhatWasFoundAndWhatWasExpected() {
        let refusal = #expect(throws: GateRefusal.self) {
            try ScoreMatrix(rows: 2, experts: 3, values: [1])
        }
        #expect(refusal?.description == "ScoreMatrix: found 1 values, expected 2 rows × 3 experts.")
    }

    @Test(arguments: [(0, 0), (0, 5), (5, 0)])
    func mayBeEmpty(rows: Int, experts: Int) throws {
        let scores = try ScoreMatrix(rows: rows, experts: experts, values: [])
        let selection = try Gate(selector: TopK(count: 2)).select(scores)
        #expect(selection.rows == rows)
        #expect(selection.expert.isEmpty)
        #expect(selection.brokenLaw(repeatsAllowed: false) == nil)
    }
}
