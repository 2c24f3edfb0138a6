import Routing
import Support
import Testing

struct NeighbourIndexTests {
    /// Cosines with [1, 0]: 1 for [2, 0], 0 for [0, 1], −1 for [−1, 0], and 0.7071 for [1, 1].
    @Test func findsTheNearestFirst() {
        let index = NeighbourIndex([[0, 1], [2, 0], [-1, 0], [1, 1]])
        let found = index.nearest(3, to: [1, 0])
        #expect(found.map(\.index) == [1, 3, 0])
        #expect(found[0].similarity == 1)
        #expect(abs(found[1].similarity - 0.7071) < 1e-4)
        #expect(found[2].similarity == 0)
    }

    @Test func tiesGoToTheLowerIndex() {
        let index = NeighbourIndex([[0, 1], [3, 3], [1, 1], [2, 2], [1, 1]])
        #expect(index.nearest(3, to: [5, 5]).map(\.index) == [1, 2, 3])
    }

    @Test func findsAllThereAreWhenAskedForMore() {
        #expect(NeighbourIndex([[1, 0], [0, 1]]).nearest(10, to: [0, 1]).map(\.index) == [1, 0])
        #expect(NeighbourIndex([]).nearest(10, to: [0, 1]).isEmpty)
    }

    /// Against a plain search by the cosines in Double: none that was left out is nearer by more than rounding.
    @Test(arguments: [1, 2, 3, 4, 5])
    func agreesWithAPlainSearchWithinRounding(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let rows = (0..<300).map { _ in (0..<37).map { _ in Float.random(in: -1...1, using: &random) } }
        let asked = (0..<37).map { _ in Float.random(in: -1...1, using: &random) }
        let found = NeighbourIndex(rows).nearest(20, to: asked)
        let cosines = rows.map { Self.cosine($0, asked) }
        for neighbour in found { #expect(abs(Double(neighbour.similarity) - cosines[neighbour.index]) < 0.01) }
        let worst = found.map { cosines[$0.index] }.min() ?? -1
        let chosen = Set(found.map(\.index))
        #expect(chosen.count == 20)
        for index in rows.indices where !chosen.contains(index) { #expect(cosines[index] < worst + 0.02) }
    }

    @Test func theSearchByHeapIsTheSortedList() {
        var random = TestRandom(seed: 8)
        // Few values, so that many similarities are equal.
        let rows = (0..<200).map { _ in (0..<3).map { _ in Float(Int.random(in: -1...1, using: &random)) } }
        let index = NeighbourIndex(rows)
        let similarities = index.similarities(to: [1, 1, -1])
        let sorted = rows.indices.sorted { (-similarities[$0], $0) < (-similarities[$1], $1) }
        for most in [1, 2, 7, 50, 200] {
            #expect(index.nearest(most, to: [1, 1, -1]).map(\.index) == Array(sorted.prefix(most)))
        }
    }

    @Test func rowsWithoutDirectionAreNeitherNearNorFar() {
        let index = NeighbourIndex([[0, 0], [.nan, 0], [1e-38, 0], [-1, 0], []])
        #expect(index.similarities(to: [1, 0]) == [0, 0, 0, -1, 0])
        #expect(index.similarities(to: []) == [0, 0, 0, 0, 0])
    }

    @Test func anotherDimensionIsCutOrEndsInZeros() {
        let index = NeighbourIndex([[1, 0], [0, 1]])
        #expect(index.nearest(1, to: [0, 1, 9]).map(\.index) == [1])
        #expect(index.nearest(1, to: [1]).map(\.index) == [0])
    }

    private static func cosine(_ a: [Float], _ b: [Float]) -> Double {
        let dot = { (a: [Float], b: [Float]) in zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
    }
}
