import Core
import Routing
import Support
import Testing

struct KMeansTests {
    /// Two pairs in opposite directions: the centres are the means of the pairs at length 1, (±0.9487…, 0): with
    /// [3, 1] and [3, −1] at length √10, the mean is [3/√10, 0].
    @Test func findsTwoClustersAsByHand() {
        let clusters = KMeans([[3, 1], [3, -1], [-3, 1], [-3, -1]], clusters: 2, seed: 1)
        #expect(clusters.count == 2)
        #expect(clusters.labels[0] == clusters.labels[1])
        #expect(clusters.labels[2] == clusters.labels[3])
        #expect(clusters.labels[0] != clusters.labels[2])
        let right = clusters.labels[0]
        let edge = Float(0.9).squareRoot()
        #expect(abs(clusters.centres[2 * right] - edge) < 1e-6)
        #expect(abs(clusters.centres[2 * right + 1]) < 1e-6)
        // [1, 0] lies 1 − edge from the right centre, and 1 + edge from the other.
        let distances = clusters.distances(to: [5, 0])
        #expect(abs(distances[right] - (1 - edge)) < 1e-3)
        #expect(abs(distances[1 - right] - (1 + edge)) < 1e-3)
    }

    @Test func oneClusterIsTheMeanOfAll() {
        let clusters = KMeans([[1, 0], [0, 1]], clusters: 1, seed: 3)
        #expect(clusters.centres == [0.5, 0.5])
    }

    @Test func makesNoMoreClustersThanThereAreDifferentRows() {
        #expect(KMeans([[1, 0], [2, 0], [0, 1]], clusters: 10, seed: 1).count == 2)
        #expect(KMeans([], clusters: 10, seed: 1).count == 1)
        #expect(KMeans([[], []], clusters: 10, seed: 1).labels == [0, 0])
    }

    @Test(arguments: [1, 2, 3, 4])
    func everyRowLiesNearestToItsOwnCentre(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let rows = (0..<200).map { _ in (0..<7).map { _ in Float.random(in: -1...1, using: &random) } }
        let clusters = KMeans(rows, clusters: 9, seed: seed)
        #expect(clusters.count == 9)
        for (row, label) in zip(rows, clusters.labels) {
            let distances = clusters.distances(to: row)
            let least = distances.min() ?? 0
            #expect(distances[label] <= least + 1e-5)
        }
    }

    @Test func theSameSeedGivesTheSameClusters() {
        var random = TestRandom(seed: 4)
        let rows = (0..<100).map { _ in (0..<5).map { _ in Float.random(in: -1...1, using: &random) } }
        let once = KMeans(rows, clusters: 6, seed: 9)
        let again = KMeans(rows, clusters: 6, seed: 9)
        #expect(once.centres == again.centres)
        #expect(once.labels == again.labels)
    }

    @Test func whatIsNotANumberDoesNotSpread() {
        let clusters = KMeans([[.nan, 1], [.infinity, 1], [1, 0]], clusters: 2, seed: 1)
        #expect(clusters.centres.allSatisfy { $0.isFinite })
        #expect(clusters.distances(to: [.nan, .nan]).allSatisfy { $0.isFinite })
    }
}
