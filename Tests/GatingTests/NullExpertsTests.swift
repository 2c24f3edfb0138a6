import Gating
import Support
import Testing

struct NullExpertsTests {
    /// Three seats, two nulls of 0.3. In 0.5, 0.4, 0.2 the order is 0.5, 0.4, null, so two sit. In 0.5, 0.2, 0.1 it is
    /// 0.5, null, null: one sits. In 0.2, 0.1 the nulls go first and leave one place.
    @Test func nullsTakeTheSeatsOfThoseWhoScoreLess() throws {
        let selector = try NullExperts(count: 3, nulls: 2, score: 0.3)
        #expect(chosen(by: selector, from: [0.2, 0.5, 0.4]) == [1, 2])
        #expect(chosen(by: selector, from: [0.5, 0.2, 0.1]) == [0])
        #expect(chosen(by: selector, from: [0.1, 0.2]) == [1])
        #expect(chosen(by: try NullExperts(count: 2, nulls: 2, score: 0.3), from: [0.1, 0.2]) == [])
    }

    @Test func ofEqualScoresATrueExpertGoesFirst() throws {
        #expect(chosen(by: try NullExperts(count: 2, nulls: 9, score: 0.5), from: [0.25, 0.5, 0.5]) == [1, 2])
    }

    @Test func theFewestSeatsAreFilledWhateverTheNullsScore() throws {
        let selector = try NullExperts(count: 3, nulls: 9, score: .infinity, minimum: 2)
        #expect(chosen(by: selector, from: [0.1, 0.3, 0.2]) == [1, 2])
        #expect(chosen(by: selector, from: [.nan, 0.3]) == [1])
    }

    /// Law: the same experts as the top-k of a row in which the nulls stand as columns after the experts.
    @Test func agreesWithNullColumnsInTheRow() throws {
        var random = TestRandom(seed: 61)
        for _ in 0..<400 {
            let row = random.awkwardRow(count: Int(random.next() % 8))
            let (count, nulls) = (1 + Int(random.next() % 5), Int(random.next() % 5))
            let score = random.next() % 2 == 0 ? Float(random.next() % 3) : random.score()
            let wide = row + [Float](repeating: score, count: nulls)
            let expected = ranked(wide).prefix(count).filter { $0 < row.count }
            #expect(chosen(by: try NullExperts(count: count, nulls: nulls, score: score), from: row) == expected)
        }
    }

    @Test func withoutNullsItIsTopK() throws {
        var random = TestRandom(seed: 62)
        for _ in 0..<100 {
            let row = random.awkwardRow(count: 9)
            #expect(
                chosen(by: try NullExperts(count: 4, nulls: 0, score: 0), from: row)
                    == chosen(by: try TopK(count: 4), from: row))
        }
    }

    @Test(
        arguments: [(0, 1, 0, 0), (2, -1, 0, 0), (2, 1, .nan, 0), (2, 1, 0, 3), (2, 1, 0, -1)]
            as [(Int, Int, Float, Int)])
    func refusesNumbersThatDoNotGoTogether(count: Int, nulls: Int, score: Float, minimum: Int) {
        #expect(throws: GateRefusal.self) {
            try NullExperts(count: count, nulls: nulls, score: score, minimum: minimum)
        }
    }
}
