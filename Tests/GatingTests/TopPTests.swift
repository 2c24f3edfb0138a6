import Gating
import Support
import Testing

struct TopPTests {
    /// 0.5, then 0.5 + 0.25 = 0.75, then 0.875: with p = 0.6 the second passes; with p = 0.75 it only reaches p, so the
    /// third is needed too.
    @Test func stopsWithTheFirstSumAboveTheThreshold() throws {
        let row: [Float] = [0.125, 0.5, 0.25, 0.125]
        #expect(try chosen(by: TopP(threshold: 0.4), from: row) == [1])
        #expect(try chosen(by: TopP(threshold: 0.6), from: row) == [1, 2])
        #expect(try chosen(by: TopP(threshold: 0.75), from: row) == [1, 2, 0])
    }

    @Test func keepsAllWhenNoSumPasses() throws {
        #expect(try chosen(by: TopP(threshold: 1), from: [0.25, 0.5, 0.25]) == [1, 0, 2])
        #expect(try chosen(by: TopP(threshold: 0.5), from: [0.125, .nan, 0.25]) == [2, 0])
    }

    @Test func respectsTheLeastAndTheMostSeats() throws {
        let row: [Float] = [0.75, 0.125, 0.0625, 0.0625]
        #expect(try chosen(by: TopP(threshold: 0.1, minimum: 2), from: row) == [0, 1])
        #expect(try chosen(by: TopP(threshold: 1, maximum: 3), from: row) == [0, 1, 2])
        #expect(try chosen(by: TopP(threshold: 0, minimum: 9), from: row) == [0, 1, 2, 3])
    }

    /// The bias puts expert 2 first, and its true share 0.125 does not pass 0.4; the next, 0.5, does.
    @Test func addsUpSharesWithoutTheBiasItOrdersBy() throws {
        let gate = try Gate(
            transforms: [SelectionBias([0, 0, 1])], normaliser: LinearShare(), selector: TopP(threshold: 0.4))
        #expect(try gate.select(ScoreMatrix(row: [4, 3, 1])).expert == [2, 0])
    }

    @Test func theListIsTheShortestThatPasses() throws {
        var random = TestRandom(seed: 11)
        for _ in 0..<500 {
            let row = normalised((0..<20).map { _ in random.score() }, by: Softmax())
            let threshold = Double(random.next() % 90) / 100
            let list = try chosen(by: TopP(threshold: threshold), from: row)
            let sum = list.reduce(0.0) { $0 + Double(row[$1]) }
            let sumBefore = list.dropLast().reduce(0.0) { $0 + Double(row[$1]) }
            #expect(sum > threshold && sumBefore <= threshold)
            #expect(list == Array(ranked(row).prefix(list.count)))
        }
    }

    @Test func anUnsureRowGetsMoreSeatsThanAClearOne() throws {
        let gate = try Gate(selector: TopP(threshold: 0.4))
        let selection = try gate.select(ScoreMatrix(rows: 2, experts: 4, values: [0, 9, 0, 0, 0, 0, 0, 0]))
        #expect(selection.rowStart == [0, 1, 3])
    }

    @Test(arguments: [(-0.1, 1, 2), (1.1, 1, 2), (.nan, 1, 2), (0.5, 0, 2), (0.5, 3, 2)])
    func refusesBoundsThatCannotBe(threshold: Double, minimum: Int, maximum: Int) {
        #expect(throws: GateRefusal.self) {
            try TopP(threshold: threshold, minimum: minimum, maximum: maximum)
        }
    }
}
