import Core
import Experts
import Support
import Testing

struct SwappedExpertTests {
    private let spec = BackendSpec(name: "gpu", maxWait: .seconds(60), loadCost: .zero)

    @Test func questionsForOneModelAreAnsweredTogether() async throws {
        let time = ManualTime()
        let turns = SwapTurns(spec, time: time.source)
        let a = SwappedExpert(FakeExpert("a", concurrent: 8, replies: [.says("a")]), turns: turns, time: time.source)
        let b = SwappedExpert(FakeExpert("b", concurrent: 8, replies: [.says("b")]), turns: turns, time: time.source)
        // a b a a b a …, while the first answer is under way.
        let first = try await a.ask(Question("?"), delivery: .streamed)
        let others = (0..<6).map { index in
            Task { try await Sample.pieces(of: index % 3 == 0 ? b : a).text }
        }
        while turns.waitingCount < 2 { await Task.yield() }
        var texts: [String] = []
        // Those of a need not wait.
        for index in [1, 2, 4, 5] { texts.append(try await others[index].value) }
        #expect(texts == ["a", "a", "a", "a"])
        #expect(turns.waitingCount == 2 && turns.loads == 1)
        while try await first.nextPiece() != nil {}
        for index in [0, 3] { #expect(try await others[index].value == "b") }
        #expect(turns.loads == 2)
    }

    @Test func aServerThatIsDescribedAnewHasNewTurns() {
        let factory = ExpertFactory(
            transport: Sample.transport, skills: [], time: ManualTime().source, seed: 1)
        func expert(holds: Int) -> SwappedExpert? {
            var spec = Sample.spec(at: "http://127.0.0.1:9")
            spec.backend = BackendSpec(name: "gpu", holds: holds)
            return factory.make(spec) as? SwappedExpert
        }
        let (first, second) = (expert(holds: 1), expert(holds: 1))
        let wider = expert(holds: 2)
        #expect(first != nil && first?.turns === second?.turns)
        #expect(wider?.turns.spec.holds == 2)
    }

    @Test func whoeverLeavesGivesUpItsTurn() async throws {
        let time = ManualTime()
        let turns = SwapTurns(spec, time: time.source)
        let a = SwappedExpert(FakeExpert("a", replies: [.says("a")]), turns: turns, time: time.source)
        let b = SwappedExpert(FakeExpert("b", replies: [.says("b")]), turns: turns, time: time.source)
        var held: AnswerStream? = try await a.ask(Question("?"), delivery: .streamed)
        let gone = Task { try await Sample.pieces(of: b) }
        while turns.waitingCount < 1 { await Task.yield() }
        gone.cancel()
        await #expect(throws: CancellationError.self) { try await gone.value }
        #expect(turns.waitingCount == 0 && held != nil)
        held = nil
        #expect(try await Sample.pieces(of: b).text == "b")
        #expect(turns.loads == 2)
    }

    @Test func aLongLineForTheModelThatIsThereDoesNotOutlastTheLongestWait() async throws {
        let time = ManualTime()
        let turns = SwapTurns(
            BackendSpec(name: "gpu", maxWait: .seconds(2), loadCost: .zero), time: time.source)
        let a = SwappedExpert(FakeExpert("a", concurrent: 1, replies: [.says("a")]), turns: turns, time: time.source)
        let b = SwappedExpert(FakeExpert("b", concurrent: 1, replies: [.says("b")]), turns: turns, time: time.source)
        let first = try await a.ask(Question("?"), delivery: .streamed)
        let line = (0..<9).map { _ in Task { try await a.ask(Question("?"), delivery: .streamed) } }
        while turns.waitingCount(for: "a") < 9 { await Task.yield() }
        let other = Task { try await Sample.pieces(of: b).text }
        while turns.waitingCount(for: "b") < 1 { await Task.yield() }
        #expect(turns.waitingCount == 10 && turns.loads == 1)
        time.advance(by: .seconds(3))
        while try await first.nextPiece() != nil {}
        #expect(try await other.value == "b")
        #expect(turns.loads >= 2)
        for task in line { task.cancel() }
    }

    @Test func whoWaitsForItIsCountedForEachExpertAlone() async throws {
        let time = ManualTime()
        let turns = SwapTurns(spec, time: time.source)
        let experts = ["a", "b", "c"].map { id in
            SwappedExpert(
                LimitedExpert(
                    FakeExpert(ExpertID(id), concurrent: 1, replies: [.says(id)]), time: time.source),
                turns: turns, time: time.source)
        }
        let held = try await experts[0].ask(Question("?"), delivery: .streamed)
        let waiting = [0, 1, 1].map { index in
            Task { try await experts[index].ask(Question("?"), delivery: .streamed) }
        }
        while turns.waitingCount < 3 { await Task.yield() }
        #expect(experts.map { $0.load?.waiting } == [1, 2, 0])
        #expect(experts.map { $0.load?.active } == [1, 0, 0])
        for task in waiting { task.cancel() }
        withExtendedLifetime(held) {}
    }

    @Test func noMoreWaitForAPlaceThanMay() async throws {
        let time = ManualTime()
        let turns = SwapTurns(spec, time: time.source)
        let held = try await turns.turn(of: "a", places: 1, queue: 1)
        let waiting = Task { try await turns.turn(of: "a", places: 1, queue: 1) }
        while turns.waitingCount < 1 { await Task.yield() }
        await #expect(throws: ConcurrencyLimit.Full(waiting: 1)) {
            try await turns.turn(of: "a", places: 1, queue: 1)
        }
        waiting.cancel()
        withExtendedLifetime(held) {}
    }

    @Test func noTurnIsLostInTheStorm() async throws {
        let time = ManualTime()
        let turns = SwapTurns(BackendSpec(name: "gpu", holds: 2, maxWait: .zero, loadCost: .zero), time: time.source)
        let experts = (0..<4).map { index in
            SwappedExpert(
                FakeExpert(ExpertID("e\(index)"), concurrent: 8, replies: [.says("x")]), turns: turns,
                time: time.source)
        }
        await withTaskGroup { group in
            for index in 0..<300 {
                group.addTask {
                    let task = Task { try await Sample.pieces(of: experts[index % 4]) }
                    if index % 3 == 0 { task.cancel() }
                    _ = try? await task.value
                }
            }
        }
        #expect(turns.waitingCount == 0)
        for expert in experts { #expect(try await Sample.pieces(of: expert).text == "x") }
    }
}
