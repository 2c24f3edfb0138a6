import Bench
import Core
import Testing

struct AverageImprovementTests {
    private static func points(_ pairs: (Double, Double)...) -> [CostQualityHull.Point] {
        pairs.map { CostQualityHull.Point(cost: $0, quality: $1) }
    }

    @Test func threePointsByHand() throws {
        // (1, 0.4), (2, 0.7), (4, 0.8); the point (3, 0.6) lies below. Up to cost 5:
        // 1 · 0.55 + 2 · 0.75 + 1 · 0.8 = 2.85, by 5 = 0.57.
        let points = Self.points((3, 0.6), (1, 0.4), (4, 0.8), (2, 0.7))
        #expect(CostQualityHull(points)?.points == Self.points((1, 0.4), (2, 0.7), (4, 0.8)))
        #expect(abs(try #require(AverageImprovement.of(points, largestCost: 5)) - 0.57) < 1e-12)
    }

    @Test func dearerAndWorseIsNotOnTheHullAndNeitherIsADent() {
        // (2, 0.45) lies under the line from (1, 0.4) to (3, 0.8), which is 0.6 at 2; (5, 0.7) costs more for less.
        let hull = CostQualityHull(Self.points((1, 0.4), (2, 0.45), (3, 0.8), (5, 0.7)))
        #expect(hull?.points == Self.points((1, 0.4), (3, 0.8)))
    }

    @Test func aSingleExpertIsFlatFromItsPriceOn() throws {
        // 0.6 from cost 1 to 4, nothing below 1: 3 · 0.6 / 4 = 0.45.
        #expect(abs(try #require(AverageImprovement.of(Self.points((1, 0.6)), largestCost: 4)) - 0.45) < 1e-12)
    }

    @Test func nothingAndFreeHaveNone() {
        #expect(AverageImprovement.of([], largestCost: 1) == nil)
        #expect(AverageImprovement.of(Self.points((0, 0.5)), largestCost: 0) == nil)
        #expect(CostQualityHull(Self.points((.nan, 0.5))) == nil)
    }

    @Test func theZeroRouterIsAsGoodAsItselfAndLotsAmongItsCornersAddNothing() throws {
        var random = SeededRandom(seed: 3)
        for _ in 0..<100 {
            let points = (0..<12).map { _ in
                CostQualityHull.Point(cost: 0.1 + random.unit(), quality: random.unit())
            }
            let hull = try #require(CostQualityHull(points))
            let zero = try #require(AverageImprovement.of(points, largestCost: 1.2))
            #expect(AverageImprovement.of(hull.points, largestCost: 1.2) == zero)
            let mixed = zip(hull.points, hull.points.dropFirst()).map { left, right in
                CostQualityHull.Point(
                    cost: (left.cost + right.cost) / 2, quality: (left.quality + right.quality) / 2)
            }
            #expect(abs(try #require(AverageImprovement.of(points + mixed, largestCost: 1.2)) - zero) < 1e-12)
            // A better point never lowers it.
            let better = points + [CostQualityHull.Point(cost: 0.5, quality: 1)]
            #expect(try #require(AverageImprovement.of(better, largestCost: 1.2)) >= zero - 1e-12)
        }
    }

    @Test func theHullRisesAndBendsDown() throws {
        var random = SeededRandom(seed: 4)
        for _ in 0..<100 {
            let points = (0..<30).map { _ in CostQualityHull.Point(cost: random.unit(), quality: random.unit()) }
            let corners = try #require(CostQualityHull(points)).points
            let slopes = zip(corners, corners.dropFirst()).map { ($1.quality - $0.quality) / ($1.cost - $0.cost) }
            #expect(slopes.allSatisfy { $0 > 0 })
            #expect(zip(slopes, slopes.dropFirst()).allSatisfy { $0 > $1 })
        }
    }
}
