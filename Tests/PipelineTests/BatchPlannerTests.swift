import Core
import Pipeline
import Testing

struct BatchPlannerTests {
    /// Questions 0..2 seat (a, b), (b, b), (c, a): three visits in the order first seen, six jobs.
    @Test func visitsEachExpertOnceInTheOrderFirstSeen() {
        let visits = BatchPlanner().plan([["a", "b"], ["b", "b"], ["c", "a"]])
        #expect(visits.map(\.expert) == ["a", "b", "c"])
        #expect(visits[0].jobs == [.init(question: 0, seat: 0), .init(question: 2, seat: 1)])
        #expect(
            visits[1].jobs == [.init(question: 0, seat: 1), .init(question: 1, seat: 0), .init(question: 1, seat: 1)])
    }

    @Test func leavesOutWhatIsDone() {
        let visits = BatchPlanner().plan([["a", "b"], ["a", "b"]]) { $0.question == 0 || $0.seat == 1 }
        #expect(visits.map(\.expert) == ["a"])
        #expect(visits[0].jobs == [.init(question: 1, seat: 0)])
    }

    /// Law: as many visits as distinct experts, as many jobs as seats, whatever is asked.
    @Test func loadsEveryExpertOnceForAnyBatch() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<100 {
            let seats = (0..<random.below(40)).map { _ in (0..<3).map { _ in ExpertID("e\(random.below(6))") } }
            let visits = BatchPlanner().plan(seats)
            #expect(visits.count == Set(seats.flatMap { $0 }).count)
            #expect(visits.reduce(0) { $0 + $1.jobs.count } == seats.count * 3)
        }
    }
}
