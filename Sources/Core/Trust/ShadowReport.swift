/// What second experts said, added up.
public struct ShadowReport: Sendable, Hashable, Codable {
    /// What was spent on them.
    public struct Today: Sendable, Hashable, Codable {
        public var calls: Int
        public var dollars: Double
    }

    /// One expert's answers.
    public struct Line: Sendable, Hashable, Codable {
        public var expert: ExpertID
        public var agrees = 0
        public var differs = 0
        public var ungraded = 0
        public var failed = 0
        public var dollars = 0.0
    }

    /// Since midnight UTC.
    public var today: Today
    /// By expert.
    public var lines: [Line]

    public init(_ answers: [ShadowAnswer], today: (calls: Int, dollars: Double)) {
        self.today = Today(calls: today.calls, dollars: today.dollars)
        var lines: [ExpertID: Line] = [:]
        for answer in answers {
            var line = lines[answer.expert] ?? Line(expert: answer.expert)
            switch answer.outcome {
            case .agrees: line.agrees += 1
            case .differs: line.differs += 1
            case .ungraded: line.ungraded += 1
            case .failed: line.failed += 1
            }
            line.dollars += answer.dollars
            lines[answer.expert] = line
        }
        self.lines = lines.values.sorted { $0.expert < $1.expert }
    }
}
