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
    /// Who judges, for suites that need it.
    public var judge: RunJudge?
    /// The part of the suite that the questions are known to come from; nil if not known.
    public var part: String?

    public init(
        suite: Suite, questions: [GradedQuestion], strategy: BenchStrategy, experts: [ExpertID], seed: UInt64,
        maximumTokens: Int? = nil, judge: RunJudge? = nil, part: String? = nil
    ) {
        self.judge = judge
        self.part = part
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
            startedAt: moment, settings: settings.text)
    }

    var settings: RunSettings {
        RunSettings(
            strategy, maximumTokens: maximumTokens ?? suite.maximumTokens,
            others: ["judge": judge?.expert.rawValue, "against": judge?.against, "part": part])
    }

    /// A suite that needs a judge has one, and a run to compare with if it compares.
    func checkJudge(in store: any RunStore) async throws {
        guard suite.spec.metric.needsJudge else { return }
        guard let judge else {
            throw Fault(
                .invalidRequest, "suite \(suite.id)", "needs a judge", hint: "Name an expert with --judge EXPERT")
        }
        guard suite.spec.metric.kind == .pair else { return }
        guard let against = judge.against else {
            throw Fault(
                .invalidRequest, "suite \(suite.id)", "compares answers with those of another run",
                hint: "Name a finished run on the same questions with --against RUN")
        }
        let other = try await store.existing(against)
        guard other.data == SuiteFile.fingerprint(of: questions) else {
            throw Fault(
                .invalidRequest, "run \(against)", "is about other questions", hint: "Give the same --data and --limit")
        }
    }

    /// Answers are kept by question, so each must have a name of its own.
    func checkQuestions() throws {
        guard !questions.isEmpty else { throw Fault(.invalidRequest, "run", "has no question") }
        var seen: Set<String> = []
        for question in questions where !seen.insert(question.id).inserted {
            throw Fault(.invalidRequest, "question \(question.id)", "stands twice in this run")
        }
    }

    /// Whether an interrupted run can be continued with this order; a fault names the first difference.
    func checkMatches(_ run: Run) throws {
        let wanted = record(id: run.id, at: run.startedAt)
        func list(_ experts: [ExpertID]) -> String { experts.map(\.rawValue).joined(separator: ", ") }
        let pairs: [(what: String, before: String, now: String)] = [
            ("suite", run.suite, wanted.suite), ("strategy", run.strategy, wanted.strategy),
            ("experts", list(run.experts), list(wanted.experts)),
            ("number of questions", String(run.questionCount), String(wanted.questionCount)),
            ("questions with fingerprint", run.data, wanted.data), ("seed", String(run.seed), String(wanted.seed)),
            ("prompt", run.promptVersion, wanted.promptVersion),
        ]
        for pair in pairs where pair.before != pair.now {
            throw Self.mismatch(run.id, pair.what, pair.before, pair.now)
        }
        guard let stored = RunSettings(run.settings) else {
            throw Fault(
                .storeBroken, "run \(run.id)", "its settings cannot be read, so it cannot be resumed",
                hint: "Start a new run without --resume")
        }
        if let difference = stored.firstDifference(to: settings) {
            throw Self.mismatch(run.id, difference.name, difference.here, difference.there)
        }
    }

    private static func mismatch(_ run: String, _ what: String, _ before: String, _ now: String) -> Fault {
        Fault(
            .invalidRequest, "run \(run)", "cannot be resumed: it was started with \(what) \(before), not \(now)",
            hint: "Give the same options, or start a new run without --resume")
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
