import Core
import Routing

/// Recorded outcomes in memory, without their texts: about 100 bytes a question and 16 an outcome.
public struct OutcomeTable: Sendable {
    /// What is kept of a question.
    package struct Question: Sendable {
        var id: String
        /// −1 for none.
        var category: Int32
        /// −1 for none.
        var split: Int32
        var optionCount: Int32
        /// The number of the right answer; −1 if unknown.
        var gold: Int32
        /// Stands for its letters and digits: the same question in two files has the same.
        package var content: UInt64
        /// Its skills in `skillPlaces`.
        var skills: Range<Int32>
        /// Its outcomes in `outcomes`.
        var outcomes: Range<Int32>
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
    private(set) var splits: [String] = []
    package private(set) var questions: [Question] = []
    private(set) var outcomes: [Outcome] = []
    /// The measures of every question, one after the other.
    private var measures: [Float] = []
    private var skillNames: [String] = []
    /// Places in `skillNames`.
    private var skillPlaces: [Int32] = []
    /// At most the first hundred.
    public private(set) var brokenLines: [BrokenLine] = []
    public private(set) var brokenCount = 0
    private var places: [Field: [String: Int32]] = [:]

    private enum Field: Hashable { case expert, category, split, skill }

    public init() {}

    public var questionCount: Int { questions.count }
    public var outcomeCount: Int { outcomes.count }

    mutating func add(_ line: OutcomeLine, skills: [SkillName]) {
        var key = AnswerKey(choices: line.choices, gold: line.gold)
        let first = Int32(outcomes.count)
        let firstSkill = Int32(skillPlaces.count)
        for skill in skills { skillPlaces.append(place(of: skill.rawValue, in: .skill, \.skillNames)) }
        measures += TextMeasures.of(line.question, choices: line.choices)
        for outcome in line.outcomes {
            outcomes.append(
                Outcome(
                    expert: place(of: outcome.expert, in: .expert, \.experts), score: outcome.score,
                    answer: key.number(of: outcome.answer), dollars: outcome.dollars ?? .nan,
                    confidence: outcome.confidence ?? .nan))
        }
        questions.append(
            Question(
                id: line.id,
                category: line.category.map { place(of: $0, in: .category, \.categories) } ?? -1,
                split: line.split.map { place(of: $0, in: .split, \.splits) } ?? -1,
                optionCount: Int32(line.choices.count), gold: key.number(of: line.gold),
                content: Self.content(of: line.question + line.choices.joined(separator: " ")),
                skills: firstSkill..<Int32(skillPlaces.count), outcomes: first..<Int32(outcomes.count)))
    }

    /// The same record with 1 − s for every score s of these questions.
    func turningScores(of turned: Set<Int>) -> OutcomeTable {
        var copy = self
        for question in turned {
            let range = questions[question].outcomes
            for index in Int(range.lowerBound)..<Int(range.upperBound) {
                copy.outcomes[index].score = 1 - copy.outcomes[index].score
            }
        }
        return copy
    }

    /// The outcomes of one question.
    func outcomes(of question: Int) -> ArraySlice<Outcome> {
        let range = questions[question].outcomes
        return outcomes[Int(range.lowerBound)..<Int(range.upperBound)]
    }

    /// What was counted in a question's text, `[TextMeasures.count]`.
    func measures(of question: Int) -> [Float] {
        Array(measures[question * TextMeasures.count..<(question + 1) * TextMeasures.count])
    }

    /// The skills a question needs, repeats kept.
    func skills(of question: Int) -> [SkillName] {
        let range = questions[question].skills
        return skillPlaces[Int(range.lowerBound)..<Int(range.upperBound)].map { SkillName(skillNames[Int($0)]) }
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
