public import Core

/// Everything that decides what a run asks; stored with the run, so that a resumed one asks the same.
public struct RunOrder: Sendable {
    public var suite: Suite
    public var questions: [GradedQuestion]
    public var strategy: BenchStrategy
    /// All experts that may be recruited.
    public var experts: [ExpertID]
    public var seed: UInt64
    /// Nil for the suite's own limit.
    public var maximumTokens: Int?

    public init(
        suite: Suite, questions: [GradedQuestion], strategy: BenchStrategy, experts: [ExpertID], seed: UInt64,
        maximumTokens: Int? = nil
    ) {
        self.suite = suite
        self.questions = questions
        self.strategy = strategy
        self.experts = experts
        self.seed = seed
        self.maximumTokens = maximumTokens
    }

    /// The record of a new run.
    func record(id: String, at moment: Timestamp) -> Run {
        Run(
            id: id, suite: suite.id, data: SuiteFile.fingerprint(of: questions), strategy: strategy.name,
            experts: experts, seed: seed, promptVersion: suite.promptVersion, questionCount: questions.count,
            startedAt: moment, settings: settings)
    }

    /// Whether an interrupted run can be continued with this order; a fault names the first difference.
    func checkMatches(_ run: Run) throws {
        let wanted = record(id: run.id, at: run.startedAt)
        let pairs: [(String, String, String)] = [
            ("suite", run.suite, wanted.suite), ("questions", run.data, wanted.data),
            ("strategy", run.strategy, wanted.strategy),
            ("experts", run.experts.map(\.rawValue).joined(separator: ", "),
                wanted.experts.map(\.rawValue).joined(separator: ", ")),
            ("seed", String(run.seed), String(wanted.seed)), ("prompt", run.promptVersion, wanted.promptVersion),
            ("settings", run.settings, wanted.settings),
        ]
        for (what, before, now) in pairs where before != now {
            throw Fault(
                .invalidRequest, "run \(run.id)", "cannot be resumed with other \(what): it has \(before), asked for is \(now)",
                hint: "Give the same options, or start a new run without --resume")
        }
    }

    private var settings: String {
        let routing = strategy.routing
        return "max_tokens=\(maximumTokens ?? suite.maximumTokens) seats=\(routing.seats) draw=\(routing.draw.rawValue) "
            + "repeats=\(routing.repeats) normaliser=\(routing.normaliser.rawValue) trim=\(routing.trim)"
    }

    /// What one seat is asked: greedy when it sits alone; warm and with its own seed in a panel.
    func question(_ index: Int, seat: Int, of seats: Int) -> Question {
        var sampling = Sampling(temperature: 0, maximumTokens: maximumTokens ?? suite.maximumTokens)
        if seats > 1 {
            sampling.temperature = 0.7
            let question = SeededRandom.derived(from: seed, index: UInt64(index))
            sampling.seed = Int(SeededRandom.derived(from: question, index: UInt64(seat)) & 0x7FFF_FFFF)
        }
        return suite.question(questions[index], sampling: sampling)
    }
}
