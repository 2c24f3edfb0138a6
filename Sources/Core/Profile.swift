/// An expert's record, skill by skill: how often it was right and wrong on graded questions.
public struct Profile: Sendable, Hashable {
    public let expert: ExpertID
    /// Only skills with at least one graded answer.
    public private(set) var records: [SkillName: SkillRecord]
    /// The sum of the whole profile: how good the expert is in general (arXiv:2503.05641, G_m). Kept beside the records,
    /// since every decision asks for it.
    public private(set) var strength: Double

    public init(expert: ExpertID, records: [SkillName: SkillRecord] = [:]) {
        self.expert = expert
        self.records = records
        // In name order, so that rounding is the same in every run.
        strength = records.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value.net }
    }

    /// Adds a graded answer; `weight` is 1, or one half where it counts for an including skill.
    public mutating func add(_ skill: SkillName, right: Bool, weight: Double = 1) {
        records[skill, default: SkillRecord()].add(right: right, weight: weight)
        strength += right ? weight : -weight
    }

    /// +1 for each right answer, −1 for each wrong one; 0 where nothing is known (arXiv:2503.05641, profile_m[w]).
    public func competency(in skill: SkillName) -> Double { records[skill]?.net ?? 0 }
}

/// Right and wrong answers in one skill; halves come from skills that include another.
public struct SkillRecord: Sendable, Hashable, Codable {
    public var right: Double
    public var wrong: Double

    public init(right: Double = 0, wrong: Double = 0) {
        self.right = right
        self.wrong = wrong
    }

    /// Right minus wrong.
    public var net: Double { right - wrong }

    /// How many graded answers stand behind it.
    public var count: Double { right + wrong }

    /// The share of right answers, shrunk towards one half by one imagined right and one imagined wrong answer
    /// (the mean of a Beta(1+right, 1+wrong) posterior).
    public var shrunkShare: Double { (right + 1) / (count + 2) }

    mutating func add(right isRight: Bool, weight: Double) {
        if isRight { right += weight } else { wrong += weight }
    }
}

/// The profiles of all experts and the skills that they speak about.
public struct ProfileBook: Sendable, Hashable {
    public private(set) var profiles: [ExpertID: Profile]
    /// Every skill that any profile has a record of, in name order: the vocabulary keywords are mapped onto.
    public let vocabulary: [SkillName]

    public static let empty = ProfileBook([])

    public init(_ profiles: [Profile]) {
        self.profiles = Dictionary(profiles.map { ($0.expert, $0) }, uniquingKeysWith: { _, last in last })
        vocabulary = Set(profiles.flatMap(\.records.keys)).sorted()
    }

    /// The profile of an expert; an empty one if nothing is known.
    public func profile(of expert: ExpertID) -> Profile { profiles[expert] ?? Profile(expert: expert) }
}

/// One graded answer: the evidence that profiles are made of. Marks are only ever added.
public struct Mark: Sendable, Hashable, Codable {
    public var expert: ExpertID
    public var skill: SkillName
    /// The skill's version when the question was asked.
    public var skillVersion: String
    /// The graded question's id within the skill.
    public var question: String
    public var isRight: Bool
    /// False if the answer was cut by its token limit: wrong, but for another reason.
    public var isComplete: Bool
    public var at: Timestamp

    public init(
        expert: ExpertID, skill: SkillName, skillVersion: String, question: String, isRight: Bool,
        isComplete: Bool = true, at: Timestamp
    ) {
        self.expert = expert
        self.skill = skill
        self.skillVersion = skillVersion
        self.question = question
        self.isRight = isRight
        self.isComplete = isComplete
        self.at = at
    }
}
