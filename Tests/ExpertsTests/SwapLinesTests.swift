import Core
import Experts
import Testing

struct SwapLinesTests {
    private func at(_ seconds: Double) -> TimeSource.Instant { .init(offset: .seconds(seconds)) }

    /// Ten for a, which takes one at a time and a second for each, then one for b at 0.5 s; a may be held against b for
    /// 2 s: a answers at 1, 2 and 3, and by then b has waited for 2.5 s.
    @Test func whoWaitsForAnotherModelWaitsForTheAnswerUnderWayAndNotForALine() {
        var lines = SwapLines(BackendSpec(name: "gpu", maxWait: .seconds(2), loadCost: .zero))
        var turns = (0..<10).flatMap { lines.arrive($0, for: "a", places: 1, at: at(0)) }
        #expect(turns.map(\.ticket) == [0])
        #expect(lines.arrive(10, for: "b", places: 1, at: at(0.5)).isEmpty)
        #expect(lines.waitingCount == 10 && lines.waitingCount(for: "b") == 1)
        for second in [1.0, 2] {
            turns = lines.leave("a", at: at(second))
            #expect(turns.map(\.expert) == ["a"])
        }
        turns = lines.leave("a", at: at(3))
        #expect(turns == [.init(ticket: 10, expert: "b", loads: true)])
        // Then a is loaded once more, and goes on where it was.
        #expect(lines.leave("b", at: at(4)) == [.init(ticket: 3, expert: "a", loads: true)])
        #expect(lines.waitingCount(for: "a") == 6 && lines.loads == 3)
    }

    @Test func aModelIsNotSwappedWhileItsOwnLineGoesOn() {
        var lines = SwapLines(BackendSpec(name: "gpu", maxWait: .seconds(60), loadCost: .zero))
        for ticket in 0..<20 { _ = lines.arrive(ticket, for: ticket % 2 == 0 ? "a" : "b", places: 2, at: at(0)) }
        var order: [ExpertID] = []
        for second in 1...10 { order += lines.leave("a", at: at(Double(second))).map(\.expert) }
        #expect(order == Array(repeating: "a", count: 8) + ["b", "b"])
        #expect(lines.loads == 2)
    }

    /// Whoever comes, leaves and gives up in whatever order: never more turns of one expert than it has places, and
    /// nobody is forgotten.
    @Test func nobodyIsForgotten() {
        for seed in 0..<500 {
            var random = SeededRandom(seed: UInt64(seed))
            let spec = BackendSpec(
                name: "gpu", holds: 1 + random.below(2), maxWait: .seconds(Double(random.below(4))),
                loadCost: .seconds(Double(random.below(3))))
            var lines = SwapLines(spec)
            let experts: [ExpertID] = ["a", "b", "c"]
            let places = experts.map { _ in 1 + random.below(3) }
            var waiting: [Int: Int] = [:]
            var running: [Int] = []
            func take(_ turns: [SwapSchedule.Turn]) {
                for turn in turns { running.append(waiting.removeValue(forKey: turn.ticket) ?? -1) }
            }
            for step in 0..<120 {
                let now = at(Double(step) / 4)
                switch random.below(3) {
                case 0 where step < 90:
                    let index = random.below(3)
                    waiting[step] = index
                    take(lines.arrive(step, for: experts[index], places: places[index], at: now))
                case 1 where !waiting.isEmpty && step < 90:
                    let ticket = waiting.keys.sorted()[random.below(waiting.count)]
                    guard let index = waiting.removeValue(forKey: ticket) else { continue }
                    take(lines.abandon(ticket, of: experts[index], at: now) ?? [])
                default:
                    guard !running.isEmpty else { continue }
                    let index = running.remove(at: random.below(running.count))
                    take(lines.leave(experts[index], at: now))
                }
                for index in 0..<3 { #expect(running.count { $0 == index } <= places[index]) }
                #expect(lines.waitingCount == waiting.count && !running.contains(-1))
            }
            var steps = 0
            while !running.isEmpty, steps < 500 {
                steps += 1
                take(lines.leave(experts[running.removeFirst()], at: at(100 + Double(steps))))
            }
            #expect(waiting.isEmpty && lines.waitingCount == 0)
        }
    }
}
