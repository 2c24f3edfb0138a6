import Core
import Routing
import Testing

struct SparingSeatsTests {
    /// Law: over the questions learned from, the wanted share of the seats is filled, to within a seat or two of ties.
    @Test(arguments: [0.5, 0.6, 0.8])
    func theWantedShareOfSeatsIsFilled(share: Double) throws {
        let evidence = Evidence.known(experts: ["a", "b", "c", "d"], questions: 500)
        for seats in 2...4 {
            let seated = try SparingSeats(KnownLearner(), share: share).seated(evidence, seats: seats)
            let filled = Double(seated.reduce(0) { $0 + $1.count }) / Double(500 * seats)
            #expect(abs(filled - share) < 0.01)
        }
    }

    /// Law: an empty seat means that the next best scores less than everybody on a later seat anywhere.
    @Test func whoIsLeftOutExpectsLessThanWhoSits() throws {
        let evidence = Evidence.known(experts: ["a", "b", "c", "d"], questions: 200)
        let seated = try SparingSeats(KnownLearner(), share: 0.6).seated(evidence, seats: 3)
        var (leastSeated, mostLeft) = (Float.infinity, -Float.infinity)
        for (view, experts) in zip(evidence.views, seated) {
            let ranked = view.vector.sorted(by: >)
            if experts.count > 1 { leastSeated = min(leastSeated, ranked[experts.count - 1]) }
            if experts.count < 3 { mostLeft = max(mostLeft, ranked[experts.count]) }
        }
        #expect(mostLeft < leastSeated)
    }

    /// A tenth of three seats is less than one: the first is filled all the same, and nobody else sits.
    @Test func theFirstSeatIsAlwaysFilled() throws {
        let evidence = Evidence.known(experts: ["a", "b", "c"], questions: 50)
        #expect(try SparingSeats(KnownLearner(), share: 0.1).seated(evidence, seats: 3).allSatisfy { $0.count == 1 })
    }
}
