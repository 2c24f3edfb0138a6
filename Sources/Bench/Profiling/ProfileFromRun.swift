public import Core
public import Pipeline
import Routing

/// Makes marks of a finished run of a single expert: each skill or keyword of a question gets a mark, right or wrong.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, step B: the profile of an expert is made from a validation set, +1 for each
/// keyword of a question it answered rightly and −1 otherwise. Right is what the flexible extractor calls right. We
/// differ: a keyword that names a skill of ours counts for that skill, and one that a question has twice counts once.
public struct ProfileFromRun: Sendable {
    /// The version of marks whose skill is a raw keyword.
    public static let keywordVersion = "keywords"

    /// What the run gave.
    public struct Outcome: Sendable, Hashable {
        public var expert: ExpertID
        public var marks: [Mark]
        /// Questions in which no skill and no keyword was found.
        public var withoutNeed: Int
        /// Questions that were not answered; they have no mark.
        public var failed: Int
    }

    private let runs: any RunStore
    private let needs: NeedFinder
    private let profiles: ProfileShelf
    private let versions: [SkillName: String]
    private let time: TimeSource

    public init(runs: any RunStore, needs: NeedFinder, profiles: ProfileShelf, skills: [Skill], time: TimeSource) {
        self.runs = runs
        self.needs = needs
        self.profiles = profiles
        versions = Dictionary(
            skills.filter(\.isActive).map { ($0.name, $0.version) }, uniquingKeysWith: { first, _ in first })
        self.time = time
    }

    /// The marks of a run; nothing is kept here.
    ///
    /// - Parameter questions: the questions of the run, which holds no texts itself.
    /// - Throws: a `Fault` if the run is not a finished one of a single expert, or is about other questions.
    public func marks(of id: String, suite: Suite, questions: [GradedQuestion]) async throws -> Outcome {
        let run = try await runs.finished(id, on: questions, of: suite)
        try suite.refuseTestQuestions(questions, part: RunSettings(run.settings)?.part, "A profile is made")
        let single = "single:"
        guard run.strategy.hasPrefix(single) else {
            throw Fault(
                .invalidRequest, "run \(id)", "was made with the strategy \(run.strategy)",
                expected: "A profile is about one expert: a run with --strategy single:<expert>")
        }
        var outcome = Outcome(
            expert: ExpertID(String(run.strategy.dropFirst(single.count))), marks: [], withoutNeed: 0, failed: 0)
        let grades = Dictionary(
            try await runs.grades(in: id).map { ($0.question, $0) }, uniquingKeysWith: { _, last in last })
        let found = try await keys(of: questions, in: id)
        for question in questions {
            guard let grade = grades[question.id], !grade.hasFailed else {
                outcome.failed += 1
                continue
            }
            let keys = found[question.id] ?? []
            if keys.isEmpty { outcome.withoutNeed += 1 }
            // Named by its text: the parts of a suite number their questions alike.
            let name = "\(suite.id)/\(Fingerprint(of: question.question).hex)"
            outcome.marks += keys.map { key in
                Mark(
                    expert: outcome.expert, skill: key, skillVersion: versions[key] ?? Self.keywordVersion,
                    question: name, isRight: grade.isFlexiblyRight, isComplete: !grade.isCut, at: time.timestamp())
            }
        }
        return outcome
    }

    /// The distinct skills and keywords of each question: as stored with the run, else found now.
    private func keys(of questions: [GradedQuestion], in id: String) async throws -> [String: [SkillName]] {
        let stored = Dictionary(
            try await runs.seats(in: id).map { ($0.question, $0.need) }, uniquingKeysWith: { first, _ in first })
        let open = questions.filter { stored[$0.id]?.mentions.isEmpty ?? true }
        // The keywords of a validation set are the vocabulary itself: they are not moved to the nearest known one.
        let matcher = profiles.snapshot.matcher.ignoringUnknown
        let found = try await needs.needs(of: open.map { Question($0.question) }, matcher: matcher).map(\.need)
        let fresh = Dictionary(zip(open.map(\.id), found), uniquingKeysWith: { first, _ in first })
        return (stored.merging(fresh) { _, new in new }).mapValues { need in
            var seen: Set<SkillName> = []
            return need.mentions.map { mention in
                mention.similarity == 1 ? mention.skill ?? SkillName(mention.keyword) : SkillName(mention.keyword)
            }.filter { seen.insert($0).inserted }
        }
    }
}

extension RunStore {
    /// A finished run, checked to be about these questions.
    func finished(_ id: String, on questions: [GradedQuestion], of suite: Suite) async throws -> Run {
        let run = try await existing(id)
        guard run.state == .finished else {
            throw Fault(.invalidRequest, "run \(id)", "is not finished", hint: "Go on with --resume \(id)")
        }
        guard run.suite == suite.id, run.data == SuiteFile.fingerprint(of: questions) else {
            throw Fault(
                .invalidRequest, "run \(id)",
                "is about \(run.questionCount) other questions than the \(questions.count) given",
                hint: "Give the same --data and --limit as for the run")
        }
        return run
    }
}
