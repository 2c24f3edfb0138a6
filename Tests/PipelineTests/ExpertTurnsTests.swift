import Core
import Pipeline
import Support
import Synchronization
import Testing

struct ExpertTurnsTests {
    private static func card(_ id: ExpertID, places: Int = 4) -> ExpertCard {
        ExpertCard(id: id, kind: .scripted, concurrent: places)
    }

    /// Runs journeys, each of which calls experts one after the other.
    private func travel(_ journeys: [[ExpertID]], _ turns: ExpertTurns, places: Int = 4) async {
        let travellers = journeys.map { _ in turns.begin() }
        await withTaskGroup(of: Void.self) { group in
            for (experts, traveller) in zip(journeys, travellers) {
                group.addTask {
                    for expert in experts {
                        try? await turns.inTurn(Self.card(expert, places: places), traveller) { await Task.yield() }
                    }
                    turns.end(traveller)
                }
            }
        }
    }

    @Test func eachExpertIsVisitedOnceForAllThatWaitForIt() async {
        let turns = ExpertTurns()
        await travel((0..<60).map { [["a", "b", "c"][$0 % 3]] }, turns)
        #expect(turns.visits.sorted { $0.rawValue < $1.rawValue } == ["a", "b", "c"])
    }

    @Test func theLongestLineGoesFirst() async {
        let turns = ExpertTurns()
        await travel([["a"], ["b"], ["b"], ["c"], ["c"], ["c"]], turns)
        #expect(turns.visits == ["c", "b", "a"])
    }

    /// Every journey calls `a`, then `b`: all first calls are over before the second turn begins.
    @Test func aTurnBeginsWhenEveryJourneyWaitsOrIsOver() async {
        let turns = ExpertTurns()
        await travel(Array(repeating: ["a", "b"], count: 40) + [[]], turns)
        #expect(turns.visits == ["a", "b"])
    }

    @Test func noMoreCallsAreUnderWayThanTheExpertTakes() async throws {
        let turns = ExpertTurns()
        let running = Running()
        let travellers = (0..<30).map { _ in turns.begin() }
        await withTaskGroup(of: Void.self) { group in
            for traveller in travellers {
                group.addTask {
                    try? await turns.inTurn(Self.card("a", places: 3), traveller) {
                        running.enter()
                        for _ in 0..<5 { await Task.yield() }
                        running.leave()
                    }
                    turns.end(traveller)
                }
            }
        }
        #expect(running.now == 0)
        #expect((1...3).contains(running.most))
    }

    @Test func aJourneyThatIsCancelledWhileItWaitsHoldsNobodyUp() async throws {
        let turns = ExpertTurns()
        let (slow, other) = (turns.begin(), turns.begin())
        // `slow` moves and never calls, so `other` waits.
        let waiting = Task { try await turns.inTurn(Self.card("a"), other) {} }
        for _ in 0..<20 { await Task.yield() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        turns.end(other)
        let third = turns.begin()
        turns.end(slow)
        try await turns.inTurn(Self.card("b"), third) {}
        turns.end(third)
        #expect(turns.visits == ["b"])
    }

    /// Laws over many random plans: everything is called, and no expert more often than journeys have stages.
    @Test(arguments: 0..<30)
    func everyCallIsMadeInAtMostAsManyTurnsAsThereAreStages(_ seed: Int) async {
        var random = SeededRandom(seed: UInt64(seed))
        let experts: [ExpertID] = ["a", "b", "c", "d"]
        let journeys = (0..<25).map { _ in (0..<random.below(4)).map { _ in experts[random.below(4)] } }
        let turns = ExpertTurns()
        await travel(journeys, turns, places: 1 + random.below(4))
        #expect(Set(turns.visits) == Set(journeys.joined()))
        #expect(turns.visits.count <= journeys.joined().count)
    }
}

/// Counts who is inside.
private final class Running: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var now: Int { counts.withLock { $0.now } }
    var most: Int { counts.withLock { $0.most } }

    func enter() {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
    }

    func leave() { counts.withLock { $0.now -= 1 } }
}
