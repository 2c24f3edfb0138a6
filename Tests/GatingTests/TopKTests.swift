import Gating
import Support
import Testing

struct TopKTests {
    @Test func choosesTheBestInOrder() throws {
        #expect(try chosen(by: TopK(count: 3), from: [0.1, 0.5, 0.2, 0.9]) == [3, 1, 2])
    }

    @Test func ofEqualScoresTheLowerIndexGoesFirst() throws {
        #expect(try chosen(by: TopK(count: 3), from: [1, 2, 2, 1, 2, 1]) == [1, 2, 4])
        #expect(try chosen(by: TopK(count: 4), from: [0, 0, -0.0, 0]) == [0, 1, 2, 3])
    }

    @Test func neverChoosesAnExcludedExpert() throws {
        #expect(try chosen(by: TopK(count: 9), from: [.nan, -.infinity, -5, .infinity]) == [3, 2])
        #expect(try chosen(by: TopK(count: 1), from: [.nan, .nan]).isEmpty)
    }

    @Test func agreesWithSortingEverything() throws {
        var random = TestRandom(seed: 1)
        for _ in 0..<500 {
            let row = random.awkwardRow(count: Int(random.next() % 70))
            let count = 1 + Int(random.next() % 12)
            #expect(try chosen(by: TopK(count: count), from: row) == Array(ranked(row).prefix(count)))
        }
    }

    @Test(arguments: [0, -3])
    func refusesFewerThanOneSeat(count: Int) {
        let refusal = #expect(throws: GateRefusal.self) { try TopK(count: count) }
        #expect(refusal?.description == "TopK.count: found \(count), expected a whole number of 1 or more.")
    }
}
