public import Core
public import Pipeline

/// Finds out what experts know: asks each the graded questions of our skills and keeps a mark for every answer.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, step B, with skills' own questions as the validation set. Questions that an
/// expert already has a mark for are not asked again, so building twice costs once.
public struct ProfileRun: Sendable {
    /// What is asked of whom.
    public struct Order: Sendable {
        public var experts: [ExpertID]
        /// Only active skills with questions and a grader that needs no judge take part.
        public var skills: [Skill]
        /// At most so many questions of each skill; nil for all. Which ones is drawn with the seed.
        public var limit: Int?
        public var seed: UInt64
        public var maximumTokens: Int
        /// Ask even where a mark exists.
        public var again: Bool

        public init(
            experts: [ExpertID], skills: [Skill], limit: Int? = nil, seed: UInt64 = 0, maximumTokens: Int = 256,
            again: Bool = false
        ) {
            self.experts = experts
            self.skills = skills
            self.limit = limit
            self.seed = seed
            self.maximumTokens = maximumTokens
            self.again = again
        }
    }

    /// How far it is.
    public struct Progress: Sendable, Hashable {
        public var done: Int
        public var total: Int
        public var expert: ExpertID
        public var right: Int
    }

    /// What it came to.
    public struct Outcome: Sendable, Hashable {
        public var marks: [Mark]
        /// Questions that had a mark already.
        public var known: Int
        /// Questions that an expert failed to answer; they have no mark.
        public var faults: [Fault]
        /// Questions that an expert was not asked any more after failing several times in a row.
        public var unasked = 0
    }

    /// So many failures in a row end a visit: the expert would fail the rest of its list too.
    static let patience = 5

    private struct Enough: Error {}

    private let directory: ExpertDirectory
    private let marks: any MarkStore
    private let time: TimeSource

    public init(directory: ExpertDirectory, marks: any MarkStore, time: TimeSource) {
        self.directory = directory
        self.marks = marks
        self.time = time
    }

    /// Asks what is missing, each expert visited once; every mark is kept when its answer arrives.
    public func run(_ order: Order, progress: @Sendable (Progress) -> Void) async throws -> Outcome {
        let items = items(of: order)
        let known = order.again ? [] : Set(try await marks.marks().map(Key.init))
        var outcome = Outcome(marks: [], known: 0, faults: [])
        var seen: Set<ExpertID> = []
        let experts = order.experts.filter { seen.insert($0).inserted }
        let open = experts.map { expert in
            (expert, items.filter { !known.contains(Key(expert: expert, item: $0.skill, $0.graded)) })
        }
        let total = open.reduce(0) { $0 + $1.1.count }
        outcome.known = items.count * experts.count - total
        for (id, jobs) in open where !jobs.isEmpty {
            let began = outcome.marks.count + outcome.faults.count + outcome.unasked
            do {
                try await visit(id, jobs, order, total: total, into: &outcome, progress)
            } catch is Enough {
                outcome.unasked += jobs.count - (outcome.marks.count + outcome.faults.count + outcome.unasked - began)
            }
        }
        return outcome
    }

    private func visit(
        _ id: ExpertID, _ jobs: [SkillQuestion], _ order: Order, total: Int, into outcome: inout Outcome,
        _ progress: (Progress) -> Void
    ) async throws {
        var inARow = 0
        try await BatchVisit(expert: try directory.expert(id), time: time).ask(
            jobs, question: { $0.asked(maximumTokens: order.maximumTokens) }
        ) { item, result in
            switch result {
            case .success(let answer):
                let mark = Mark(
                    expert: id, skill: item.skill.name, skillVersion: item.skill.version, question: item.graded.id,
                    isRight: item.isRight(answer),
                    isComplete: answer.finish != .length, at: time.timestamp())
                // In a task of its own: one that is being cancelled could not write a mark that was paid for.
                try await Task { [marks] in try await marks.add([mark]) }.value
                outcome.marks.append(mark)
                inARow = 0
            case .failure(let fault):
                outcome.faults.append(fault)
                inARow += fault.code.blamesExpert ? 1 : 0
            }
            progress(
                Progress(
                    done: outcome.marks.count + outcome.faults.count + outcome.unasked, total: total, expert: id,
                    right: outcome.marks.count { $0.isRight }))
            if inARow >= Self.patience { throw Enough() }
        }
    }

    private func items(of order: Order) -> [SkillQuestion] {
        order.skills.flatMap { skill -> [SkillQuestion] in
            var questions = skill.questions
            if let limit = order.limit, questions.count > limit {
                var random = SeededRandom(seed: order.seed ^ Fingerprint(of: skill.name.rawValue).seed)
                random.shuffle(&questions)
                questions = Array(questions.prefix(limit))
            }
            return questions.compactMap { SkillQuestion($0, of: skill) }
        }
    }

    /// What a mark is about.
    private struct Key: Hashable {
        var expert: ExpertID
        var skill: SkillName
        var version: String
        var question: String

        init(_ mark: Mark) {
            (expert, skill, version, question) = (mark.expert, mark.skill, mark.skillVersion, mark.question)
        }

        init(expert: ExpertID, item skill: Skill, _ graded: GradedQuestion) {
            self.expert = expert
            (self.skill, version, question) = (skill.name, skill.version, graded.id)
        }
    }
}
