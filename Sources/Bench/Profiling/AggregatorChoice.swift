import Aggregation
public import Core
public import Pipeline

/// Finds out which expert writes the best synthesis for a suite, and keeps it as the writer of a route.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, step I, over answers that finished runs already hold: nobody has to answer
/// again. `AggregatorTrial` makes the questions; each candidate is visited once and graded by the flexible extractor.
public struct AggregatorChoice: Sendable {
    /// What is tried on what.
    public struct Order: Sendable {
        public var suite: Suite
        public var questions: [GradedQuestion]
        /// Finished runs on these questions; their answers are shown to the candidates.
        public var runs: [String]
        /// The experts that might write.
        public var candidates: [ExpertID]
        /// Whose writer is being chosen.
        public var route: RouteName
        public var seed: UInt64
        /// Nil for the suite's own limit.
        public var maximumTokens: Int?

        public init(
            suite: Suite, questions: [GradedQuestion], runs: [String], candidates: [ExpertID], route: RouteName,
            seed: UInt64, maximumTokens: Int? = nil
        ) {
            self.suite = suite
            self.questions = questions
            self.runs = runs
            self.candidates = candidates
            self.route = route
            self.seed = seed
            self.maximumTokens = maximumTokens
        }
    }

    /// How one candidate did.
    public struct Row: Sendable, Hashable, Codable {
        public var expert: ExpertID
        public var right: Int
        /// Questions it was to write answers to.
        public var of: Int
        /// Answers cut by their token limit.
        public var cut: Int
        /// Questions it failed to answer. With any, it is not chosen: its count cannot be compared.
        public var failed: Int
    }

    /// The outcome.
    public struct Outcome: Sendable, Hashable, Codable {
        public var chosen: ExpertID
        /// Where the choice is kept.
        public var key: String
        /// In the order of the candidates.
        public var table: [Row]
    }

    private let runs: any RunStore
    private let choices: any ChoiceStore
    private let directory: ExpertDirectory
    private let time: TimeSource

    public init(runs: any RunStore, choices: any ChoiceStore, directory: ExpertDirectory, time: TimeSource) {
        self.runs = runs
        self.choices = choices
        self.directory = directory
        self.time = time
    }

    /// Tries every candidate and keeps the best; ties in name order.
    ///
    /// - Parameter progress: answers that are in, of how many.
    /// - Throws: a `Fault`; nothing is kept then.
    public func choose(_ order: Order, progress: (_ done: Int, _ total: Int) -> Void) async throws -> Outcome {
        guard !order.candidates.isEmpty, !order.questions.isEmpty, !order.runs.isEmpty else {
            throw Fault(
                .invalidRequest, "choice of a writer", "has no candidate, no question or no run",
                expected: "Name experts, and finished runs whose answers they write from")
        }
        try order.suite.refuseTestQuestions(order.questions, part: nil, "A writer is chosen")
        let chains = try await chains(of: order)
        let trial = AggregatorTrial()
        let asked = order.questions.enumerated().map { index, question in
            let sampling = Sampling(
                temperature: 0, maximumTokens: order.maximumTokens ?? order.suite.maximumTokens)
            return (
                question,
                trial.request(
                    for: order.suite.question(question, sampling: sampling), chains: chains[question.id] ?? [],
                    seed: SeededRandom.derived(from: order.seed, index: UInt64(index)))
            )
        }
        let grader = try SuiteGrader(suite: order.suite)
        var seen: Set<ExpertID> = []
        let candidates = try order.candidates.filter { seen.insert($0).inserted }.map(directory.expert)
        var table: [Row] = []
        var faults: [Fault] = []
        for (index, expert) in candidates.enumerated() {
            table.append(
                try await visit(expert, asked, grader, faults: &faults) { done in
                    progress(index * asked.count + done, candidates.count * asked.count)
                })
            progress((index + 1) * asked.count, candidates.count * asked.count)
        }
        let comparable = table.filter { $0.failed == 0 }
        guard let best = trial.best(of: Dictionary(uniqueKeysWithValues: comparable.map { ($0.expert, $0.right) }))
        else {
            throw Fault(
                .noExpert, "choice of a writer", "no candidate answered every question",
                hint: "muster expert test shows what each one does", causes: Array(faults.prefix(3)))
        }
        let key = WriterRanking.key(order.route)
        try await choices.choose(best.rawValue, for: key)
        return Outcome(chosen: best, key: key, table: table)
    }

    private func visit(
        _ expert: any Expert, _ asked: [(GradedQuestion, Question)], _ grader: SuiteGrader, faults: inout [Fault],
        progress: (Int) -> Void
    ) async throws -> Row {
        struct Enough: Error {}
        var row = Row(expert: expert.card.id, right: 0, of: asked.count, cut: 0, failed: 0)
        var done = 0
        var inARow = 0
        do {
            try await BatchVisit(expert: expert, time: time).ask(asked, question: \.1) { job, result in
                done += 1
                switch result {
                case .success(let answer):
                    inARow = 0
                    row.right += grader.isFlexiblyRight(answer.text, job.0) ? 1 : 0
                    row.cut += answer.finish == .length ? 1 : 0
                case .failure(let fault):
                    inARow += 1
                    row.failed += 1
                    faults.append(fault)
                }
                progress(done)
                if inARow >= RunVisit.patience { throw Enough() }
            }
        } catch is Enough {
            row.failed += asked.count - done
        }
        return row
    }

    /// Every answer of the runs, by question, graded by the flexible extractor.
    private func chains(of order: Order) async throws -> [String: [AggregatorTrial.Chain]] {
        let grader = try SuiteGrader(suite: order.suite)
        let byID = Dictionary(order.questions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var chains: [String: [AggregatorTrial.Chain]] = [:]
        for id in order.runs {
            let run = try await runs.finished(id, on: order.questions, of: order.suite)
            // In the order of questions and seats: that of arrival differs from run to run, and so would the draw.
            let answers = try await runs.answers(in: run.id).sorted {
                ($0.question, $0.seat) < ($1.question, $1.seat)
            }
            for kept in answers {
                guard let answer = kept.answer, let question = byID[kept.question] else { continue }
                chains[kept.question, default: []].append(
                    .init(text: answer.text, isRight: grader.isFlexiblyRight(answer.text, question)))
            }
        }
        return chains
    }
}
