import Bench
import Core
import Testing

struct StrongWeakCurveTests {
    @Test func fourQuestionsByHand() throws {
        // Gains of the strong expert on q0 to q3: 1, 0, 1, 0; together 2 = the whole gap.
        // By rating: q0 (gain 1), q1 (0), q2 (1), q3 (0) → recovered 0, ½, ½, 1, 1 at shares 0, ¼, ½, ¾, 1.
        let curve = try #require(
            StrongWeakCurve(ratings: [0.9, 0.8, 0.7, 0.6], weak: [0, 1, 0, 0], strong: [1, 1, 1, 0], steps: nil))
        #expect(curve.points.map(\.share) == [0, 0.25, 0.5, 0.75, 1])
        #expect(curve.points.map(\.recovered) == [0, 0.5, 0.5, 1, 1])
        // Area: ¼ · (¼ + ½ + ¾ + 1) = 0.625.
        #expect(curve.area == 0.625)
        // 20 % lies on the first line: 0.2 / 0.5 · ¼ = 0.1. 80 % on the third: ½ + (0.3 / 0.5) · ¼ = 0.65.
        #expect(abs(try #require(curve.leastShare(recovering: 0.2)) - 0.1) < 1e-12)
        #expect(curve.leastShare(recovering: 0.5) == 0.25)
        #expect(abs(try #require(curve.leastShare(recovering: 0.8)) - 0.65) < 1e-12)
        #expect(curve.leastShare(recovering: 1.1) == nil)
    }

    @Test func questionsThatCannotBeToldApartAreAStraightLine() throws {
        // All four ratings equal: the only thresholds send nobody or everybody, whatever order the questions stand in.
        let curve = try #require(
            StrongWeakCurve(ratings: [0.5, 0.5, 0.5, 0.5], weak: [0, 1, 0, 0], strong: [1, 1, 1, 0]))
        #expect(curve.points.map(\.share) == [0, 1])
        #expect(curve.area == 0.5)
        #expect(curve.leastShare(recovering: 0.8) == 0.8)
    }

    @Test func theOptimalCurveTakesGainsFirstAndLossesLast() throws {
        // Gains 1, 1, 0, −1: recovered of the whole 1 is 2 at half, 2 at ¾, 1 at 1. Area: ½·2/2 + ¼·2 + ¼·1.5 = 1.375.
        let curve = try #require(StrongWeakCurve.optimal(weak: [0, 1, 0, 0.5], strong: [1, 0, 1, 0.5]))
        #expect(curve.points.map(\.share) == [0, 0.5, 0.75, 1])
        #expect(curve.points.map(\.recovered) == [0, 2, 2, 1])
        #expect(curve.area == 1.375)
    }

    @Test func aRouterThatThrowsDiceHasHalfTheAreaInTheMean() {
        var random = SeededRandom(seed: 7)
        var sum = 0.0
        for _ in 0..<300 {
            let (weak, strong) = Self.pair(400, &random)
            let ratings = weak.map { _ in Float(random.unit()) }
            sum += StrongWeakCurve(ratings: ratings, weak: weak, strong: strong)?.area ?? 0
        }
        // One area scatters by about 0.05 here: 300 of them by 0.003.
        #expect(abs(sum / 300 - 0.5) < 0.012)
    }

    @Test func theOptimalCurveBoundsEveryOther() throws {
        var random = SeededRandom(seed: 8)
        for round in 0..<60 {
            let (weak, strong) = Self.pair(50 + round * 5, &random)
            // Every third router has many ties.
            let ratings = weak.map { _ in round % 3 == 0 ? Float(random.below(4)) : Float(random.unit()) }
            guard let curve = StrongWeakCurve(ratings: ratings, weak: weak, strong: strong) else { continue }
            let optimal = try #require(StrongWeakCurve.optimal(weak: weak, strong: strong))
            for step in 0...40 {
                let share = Double(step) / 40
                #expect(curve.recovered(at: share) <= optimal.recovered(at: share) + 1e-9)
            }
            #expect(curve.area <= optimal.area + 1e-9)
            #expect(curve.points.last?.recovered == 1)
        }
    }

    @Test func aHundredQuantilesAreCloseToEveryThreshold() throws {
        var random = SeededRandom(seed: 9)
        let (weak, strong) = Self.pair(5_000, &random)
        // No two are equal: each question is a threshold of its own.
        var ratings = weak.indices.map { Float($0) }
        random.shuffle(&ratings)
        let some = try #require(StrongWeakCurve(ratings: ratings, weak: weak, strong: strong))
        let all = try #require(StrongWeakCurve(ratings: ratings, weak: weak, strong: strong, steps: nil))
        #expect(some.points.count == 101)
        #expect(all.points.count == 5_001)
        #expect(abs(some.area - all.area) < 0.005)
    }

    @Test func thereIsNoCurveIfTheStrongExpertIsNotBetter() {
        #expect(StrongWeakCurve(ratings: [1, 0], weak: [1, 0], strong: [0, 1]) == nil)
        #expect(StrongWeakCurve(ratings: [.nan], weak: [0], strong: [1]) == nil)
        #expect(StrongWeakCurve(ratings: [], weak: [], strong: []) == nil)
    }

    /// A weak expert right with 0.5, a strong one with 0.75.
    private static func pair(_ count: Int, _ random: inout SeededRandom) -> ([Float], [Float]) {
        let weak = (0..<count).map { _ in Float(random.unit() < 0.5 ? 1 : 0) }
        return (weak, (0..<count).map { _ in Float(random.unit() < 0.75 ? 1 : 0) })
    }
}
