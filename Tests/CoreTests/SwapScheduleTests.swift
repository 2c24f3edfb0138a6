import Core
import Testing

struct SwapScheduleTests {
    private func at(_ seconds: Double) -> TimeSource.Instant { .init(offset: .seconds(seconds)) }
    private let spec = BackendSpec(name: "s", maxWait: .seconds(5), loadCost: .seconds(8))

    @Test func questionsForTheModelThatIsThereGoFirst() {
        var schedule = SwapSchedule(spec)
        #expect(schedule.arrive(1, for: "a", at: at(0)) == [.init(ticket: 1, expert: "a", loads: true)])
        #expect(schedule.arrive(2, for: "b", at: at(1)).isEmpty)
        #expect(schedule.arrive(3, for: "a", at: at(2)) == [.init(ticket: 3, expert: "a", loads: false)])
        #expect(schedule.position(of: 2) == 1 && schedule.waitingCount == 1)
        #expect(schedule.leave("a", at: at(3)).isEmpty)
        // Nothing under way is broken off: b's turn comes when a's last answer is done.
        #expect(schedule.leave("a", at: at(4)) == [.init(ticket: 2, expert: "b", loads: true)])
        #expect(schedule.loads == 2 && schedule.experts == ["b"])
    }

    @Test func allThatWaitForAModelGoTogether() {
        var schedule = SwapSchedule(spec)
        _ = schedule.arrive(1, for: "a", at: at(0))
        for ticket in 2...4 { #expect(schedule.arrive(ticket, for: ticket == 3 ? "c" : "b", at: at(1)).isEmpty) }
        #expect(schedule.leave("a", at: at(2)).map(\.ticket) == [2, 4])
        #expect(schedule.loads == 2)
    }

    @Test func afterTheLongestWaitTheModelGetsNoNewQuestions() {
        var schedule = SwapSchedule(spec)
        _ = schedule.arrive(1, for: "a", at: at(0))
        _ = schedule.arrive(2, for: "b", at: at(1))
        // b has waited 5 s at 6, but a has been there for 8 s only at 8.
        #expect(schedule.arrive(3, for: "a", at: at(7)).map(\.ticket) == [3])
        #expect(schedule.arrive(4, for: "a", at: at(8)).isEmpty)
        #expect(schedule.leave("a", at: at(9)).isEmpty)
        #expect(schedule.leave("a", at: at(10)).map(\.ticket) == [2])
        #expect(schedule.leave("b", at: at(11)).map(\.ticket) == [4])
    }

    @Test func aQuestionThatIsGivenUpHoldsNobodyBack() {
        var schedule = SwapSchedule(spec)
        _ = schedule.arrive(1, for: "a", at: at(0))
        _ = schedule.arrive(2, for: "b", at: at(1))
        #expect(schedule.arrive(3, for: "a", at: at(20)).isEmpty)
        #expect(schedule.abandon(2, at: at(21)).map(\.ticket) == [3])
    }

    /// Whatever comes and goes: never more models than the server holds, none leaves with an answer under way, every
    /// question has exactly one turn, and nobody waits longer than the bound and what was before it.
    @Test func everyQuestionHasItsTurnAndNothingIsBrokenOff() {
        for seed in 0..<300 {
            var random = SeededRandom(seed: UInt64(seed))
            let holds = 1 + random.below(3)
            var schedule = SwapSchedule(
                BackendSpec(
                    name: "s", holds: holds, maxWait: .seconds(random.below(10)), loadCost: .seconds(random.below(5))))
            var active: [ExpertID: Int] = [:]
            var waiting: Set<Int> = []
            var served: Set<Int> = []
            func take(_ turns: [SwapSchedule.Turn]) {
                for turn in turns {
                    #expect(waiting.remove(turn.ticket) != nil && served.insert(turn.ticket).inserted)
                    active[turn.expert, default: 0] += 1
                }
                #expect(schedule.experts.count <= holds)
                for (expert, count) in active where count > 0 { #expect(schedule.experts.contains(expert)) }
            }
            var now = 0.0
            for ticket in 0..<150 {
                now += random.unit()
                waiting.insert(ticket)
                take(schedule.arrive(ticket, for: ExpertID("e\(random.below(5))"), at: at(now)))
                while random.below(3) > 0,
                    let busy = active.filter({ $0.value > 0 }).keys.sorted(by: { $0.rawValue < $1.rawValue }).first
                {
                    active[busy, default: 0] -= 1
                    take(schedule.leave(busy, at: at(now)))
                }
                if random.below(10) == 0, let gone = waiting.min() {
                    waiting.remove(gone)
                    take(schedule.abandon(gone, at: at(now)))
                }
            }
            while let busy = active.first(where: { $0.value > 0 })?.key {
                now += 1
                active[busy, default: 0] -= 1
                take(schedule.leave(busy, at: at(now)))
            }
            #expect(waiting.isEmpty && schedule.waitingCount == 0)
        }
    }
}
