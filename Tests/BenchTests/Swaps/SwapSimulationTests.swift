import Bench
import Core
import Testing

struct SwapSimulationTests {
    /// A B A A C A B C, all at once: the pattern people complain about, each answer 1 s, each load 8 s.
    private let pattern = SwapTrace(
        ["a", "b", "a", "a", "c", "a", "b", "c"].map { .init(at: 0, expert: ExpertID($0), service: 1) })

    private func run(
        _ policy: SwapSimulation.Policy, _ trace: SwapTrace, holds: Int = 1, wait: Duration = .seconds(60)
    ) -> SwapSimulation.Outcome {
        SwapSimulation(BackendSpec(name: "s", holds: holds, maxWait: wait)).run(trace, policy)
    }

    @Test func countsLoadsAndWaitsByHand() {
        // First come: a b a . c a b c = 7 loads, 8 answers.
        let first = run(.firstCome, pattern)
        #expect(first.loads == 7 && first.reloads == 4 && first.makespan == 64)
        #expect(first.longestWait == 63 && first.loadingShare == 0.875)
        // Grouped: a (4), b (2), c (2) = 3 loads.
        let grouped = run(.grouped, pattern)
        #expect(grouped.loads == 3 && grouped.reloads == 0 && grouped.makespan == 32)
        #expect(grouped.longestWait == 31)
        #expect(run(.known, pattern).loads == 3)
    }

    @Test func beladyKeepsWhatIsNeededSoonest() {
        // Two fit. First come with the least recently used leaving: a b . . c(-b) . b(-c) c(-a) = 5 loads.
        #expect(run(.firstCome, pattern, holds: 2).loads == 5)
        // Belady: c takes the place of b (a is needed sooner), b that of a (never again) = 4 loads.
        #expect(run(.belady, pattern, holds: 2).loads == 4)
    }

    @Test func aQuestionThatHasWaitedTooLongIsNext() {
        // A stream for a that never ends, and one question for b.
        var arrivals = (0..<100).map { SwapTrace.Arrival(at: Double($0), expert: "a", service: 1) }
        arrivals.append(.init(at: 9.5, expert: "b", service: 1))
        let trace = SwapTrace(arrivals)
        let patient = run(.grouped, trace, wait: .seconds(1_000))
        #expect(patient.loads == 2 && patient.longestWait > 90)
        let fair = run(.grouped, trace, wait: .seconds(5))
        #expect(fair.loads == 3 && fair.longestWait < 40)
    }

    /// Whatever comes: everybody is answered once, grouping loads no more often than the order of arrival, Belady no more
    /// often than any other choice in that order, and nobody loads less than each expert once.
    @Test func policiesKeepTheirOrder() {
        for seed in 0..<200 {
            var random = SeededRandom(seed: UInt64(seed))
            let experts = 2 + random.below(6)
            let trace = SwapTrace.drawn(
                questions: 120, experts: experts, rate: 0.05 + random.unit() * 2, service: 0.5 + random.unit(),
                seed: UInt64(seed))
            let distinct = Set(trace.arrivals.map(\.expert)).count
            let simulation = SwapSimulation(
                BackendSpec(name: "s", holds: 1 + random.below(3), maxWait: .seconds(1_000_000)))
            let outcomes = SwapSimulation.Policy.allCases.map { simulation.run(trace, $0) }
            let loads = Dictionary(uniqueKeysWithValues: outcomes.map { ($0.policy, $0.loads) })
            #expect(outcomes.allSatisfy { $0.loads >= distinct && $0.longestWait >= $0.waitP95 })
            #expect(loads["belady", default: 0] <= loads["first_come", default: 0])
            #expect(loads["known"] == distinct)
            let work = trace.arrivals.reduce(0) { $0 + $1.service }
            #expect(outcomes.allSatisfy { $0.makespan >= work + Double($0.loads) * 8 - 1e-6 })
        }
    }

    @Test func aTraceOfTheSameSeedIsTheSame() {
        let one = SwapTrace.drawn(questions: 50, experts: 4, rate: 1, service: 1, seed: 3)
        #expect(one == SwapTrace.drawn(questions: 50, experts: 4, rate: 1, service: 1, seed: 3))
        #expect(one != SwapTrace.drawn(questions: 50, experts: 4, rate: 1, service: 1, seed: 4))
    }

    @Test func readsATraceAndSaysWhereItIsWrong() throws {
        let trace = try SwapTrace(text: "# when who\n2 b 0.5\n\n1 a\n", name: "t.txt", service: 3)
        #expect(trace.arrivals.map(\.expert) == ["a", "b"] && trace.arrivals.map(\.service) == [3, 0.5])
        #expect(
            #expect(throws: Fault.self) { try SwapTrace(text: "1 a\nsoon b", name: "t.txt", service: 1) }?.sentence
                == "t.txt:2: \"soon b\" is no arrival. Seconds, an expert, and how long its answer takes belong there. "
                + "Write 12.5 math, or 12.5 math 0.8.")
    }
}
