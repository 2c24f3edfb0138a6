public import Core

/// What came out of a run. The field names are stable in JSON (snake_case).
public struct RunReport: Sendable, Hashable, Codable {
    /// A share with its 95 % interval (Wilson).
    public struct Share: Sendable, Hashable, Codable {
        public var right: Int
        public var of: Int
        /// `right / of`; 0 of nothing.
        public var share: Double
        public var low: Double
        public var high: Double
    }

    public var id: String
    public var suite: String
    public var strategy: String
    public var state: Run.State
    public var questions: Int
    /// By the strict extractor (`####`).
    public var strict: Share
    /// By the flexible extractor (the last number).
    public var flexible: Share
    /// Final answers cut by their token limit; they count as wrong above unless they were right anyway.
    public var cut: Int
    /// Final answers that decline to answer.
    public var refused: Int
    /// Final answers without a word.
    public var empty: Int
    /// Questions that nobody answered.
    public var failed: Int
    /// Answers that are wrong by the flexible extractor and nothing of the above.
    public var wrong: Int
    /// The mean of what a judge gave, 0...1; nil where nothing was judged.
    public var meanScore: Double?
    /// Calls that were answered or whose failure was kept, annotation left out.
    public var calls: Int
    public var promptTokens: Int
    public var completionTokens: Int
    public var dollars: Double
    /// All visits together.
    public var seconds: Double
    public var visits: [RunVisits]
    /// How many answers each expert gave.
    public var answers: [ExpertCount]

    /// A count for an expert.
    public struct ExpertCount: Sendable, Hashable, Codable {
        public var expert: ExpertID
        public var count: Int
    }

    /// Reads everything that is stored of a run.
    public init(_ id: String, from store: any RunStore) async throws {
        self.init(
            try await store.existing(id), answers: try await store.answers(in: id),
            grades: try await store.grades(in: id),
            visits: try await store.visits(in: id))
    }

    package init(_ run: Run, answers: [RunAnswer], grades: [RunGrade], visits: [RunVisits]) {
        id = run.id
        suite = run.suite
        strategy = run.strategy
        state = run.state
        questions = run.questionCount
        strict = Share(right: grades.count { $0.isStrictlyRight }, of: grades.count)
        flexible = Share(right: grades.count { $0.isFlexiblyRight }, of: grades.count)
        cut = grades.count { $0.isCut }
        empty = grades.count { !$0.hasFailed && !$0.text.contains { !$0.isWhitespace } }
        failed = grades.count { $0.hasFailed }
        refused = grades.count { $0.column == .refused }
        wrong = grades.count { $0.column == .wrong }
        let scores = grades.compactMap(\.score)
        meanScore = scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
        calls = answers.count
        promptTokens = answers.reduce(0) { $0 + ($1.answer?.usage.promptTokens ?? 0) }
        completionTokens = answers.reduce(0) { $0 + ($1.answer?.usage.completionTokens ?? 0) }
        dollars = answers.reduce(0) { $0 + $1.dollars }
        seconds = visits.reduce(0) { $0 + $1.seconds }
        self.visits = visits.sorted { $0.expert < $1.expert }
        self.answers = Dictionary(grouping: answers.filter { $0.answer != nil }, by: \.expert)
            .map { ExpertCount(expert: $0, count: $1.count) }
            .sorted { $0.expert < $1.expert }
    }
}

extension RunReport.Share {
    package init(right: Int, of count: Int) {
        let interval = WilsonInterval(right: Double(right), of: Double(count))
        self.right = right
        of = count
        share = count > 0 ? Double(right) / Double(count) : 0
        (low, high) = (interval.low, interval.high)
    }
}
