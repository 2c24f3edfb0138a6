import Core
import Routing

/// Recorded outcomes in memory, without their texts: about 100 bytes a question and 16 an outcome.
public struct OutcomeTable: Sendable {
    /// What is kept of a question.
    package struct Question: Sendable {
        var id: String
        var suite: Int32
        /// −1 for none.
        var category: Int32
        /// −1 for none.
        var split: Int32
        var optionCount: Int32
        /// The number of the right answer; −1 if unknown.
        var gold: Int32
        /// Stands for its letters and digits: the same question in two files has the same.
        package var content: UInt64
        var measures: [Float]
        var skills: [SkillName]
        /// Its outcomes in `outcomes`.
        var first: Int
        var last: Int
    }

    struct Outcome: Sendable {
        var expert: Int32
        var score: Float
        var answer: Int32
        /// NaN if not recorded.
        var dollars: Float
        /// NaN if not said.
        var confidence: Float
    }

    /// A line that could not be used.
    public struct BrokenLine: Sendable, Hashable {
        public var file: String
        public var number: Int
        public var reason: String
    }

    public private(set) var experts: [String] = []
    public private(set) var categories: [String] = []
    private(set) var suites: [String] = []
    private(set) var splits: [String] = []
    package private(set) var questions: [Question] = []
    private(set) var outcomes: [Outcome] = []
    /// At most the first hundred.
    public private(set) var brokenLines: [BrokenLine] = []
    public private(set) var brokenCount = 0
    private var places: [Field: [String: Int32]] = [:]

    private enum Field: Hashable { case expert, category, suite, split }

    public init() {}

    public var questionCount: Int { questions.count }
    public var outcomeCount: Int { outcomes.count }

    mutating func add(_ line: OutcomeLine, skills: [SkillName]) {
        var key = AnswerKey(choices: line.choices, gold: line.gold)
        let first = outcomes.count
        for outcome in line.outcomes {
            outcomes.append(
                Outcome(
                    expert: place(of: outcome.expert, in: .expert, \.experts), score: outcome.score,
                    answer: key.number(of: outcome.answer), dollars: outcome.dollars ?? .nan,
                    confidence: outcome.confidence ?? .nan))
        }
        questions.append(
            Question(
                id: line.id, suite: place(of: line.suite, in: .suite, \.suites),
                category: line.category.map { place(of: $0, in: .category, \.categories) } ?? -1,
                split: line.split.map { place(of: $0, in: .split, \.splits) } ?? -1,
                optionCount: Int32(line.choices.count), gold: key.number(of: line.gold),
                content: Self.content(of: line.question + line.choices.joined(separator: " ")),
                measures: TextMeasures.of(line.question, choices: line.choices), skills: skills, first: first,
                last: outcomes.count))
    }

    /// The same record with 1 − s for every score s of these questions.
    func turningScores(of turned: Set<Int>) -> OutcomeTable {
        var copy = self
        for question in turned {
            for index in questions[question].first..<questions[question].last {
                copy.outcomes[index].score = 1 - copy.outcomes[index].score
            }
        }
        return copy
    }

    mutating func addBroken(_ line: BrokenLine) {
        brokenCount += 1
        if brokenLines.count < 100 { brokenLines.append(line) }
    }

    private mutating func place(
        of name: String, in field: Field, _ names: WritableKeyPath<OutcomeTable, [String]>
    ) -> Int32 {
        if let known = places[field]?[name] { return known }
        let next = Int32(self[keyPath: names].count)
        self[keyPath: names].append(name)
        places[field, default: [:]][name] = next
        return next
    }

    /// Letters and digits only, in lower case: spaces and punctuation do not make another question of it.
    private static func content(of text: String) -> UInt64 {
        Fingerprint(of: String(text.lowercased().filter { $0.isLetter || $0.isNumber })).seed
    }
}
