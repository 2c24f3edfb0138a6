import Bench
import Core
import Foundation
import Pipeline
import Routing
import Settings
import Support
import Synchronization

/// Runs, marks and choices in memory, with the rules of the real store: the first answer for a seat stands, the last
/// grade for a question.
actor MemoryStore: RunStore, MarkStore, ChoiceStore {
    struct Broken: Error, Equatable {}

    private var runsByID: [String: Run] = [:]
    private var order: [String] = []
    private var seats: [String: [RunSeats]] = [:]
    private var answers: [String: [RunAnswer]] = [:]
    private var grades: [String: [RunGrade]] = [:]
    private var visits: [String: [ExpertID: RunVisits]] = [:]
    private var kept: [Mark] = []
    private var chosen: [String: String] = [:]
    /// Answers that may still be kept before the store breaks; nil for all.
    private var answersLeft: Int?

    func breaks(afterAnswers count: Int?) { answersLeft = count }

    func start(_ run: Run) throws {
        guard runsByID[run.id] == nil else { throw Fault(.invalidRequest, run.id, "there already is one") }
        runsByID[run.id] = run
        order.insert(run.id, at: 0)
    }

    func run(_ id: String) -> Run? { runsByID[id] }
    func runs() -> [Run] { order.compactMap { runsByID[$0] } }
    func finish(_ id: String) { runsByID[id]?.state = .finished }
    func keep(_ new: [RunSeats], in run: String) { seats[run, default: []] += new }
    func seats(in run: String) -> [RunSeats] { seats[run] ?? [] }

    func keep(_ answer: RunAnswer, in run: String) throws {
        if let left = answersLeft {
            guard left > 0 else { throw Broken() }
            answersLeft = left - 1
        }
        let isThere = answers[run]?.contains { $0.question == answer.question && $0.seat == answer.seat } ?? false
        if !isThere { answers[run, default: []].append(answer) }
    }

    func answers(in run: String) -> [RunAnswer] { answers[run] ?? [] }

    func keep(_ grade: RunGrade, in run: String) {
        grades[run, default: []].removeAll { $0.question == grade.question }
        grades[run, default: []].append(grade)
    }

    func grades(in run: String) -> [RunGrade] { grades[run] ?? [] }

    func countVisit(of expert: ExpertID, in run: String, seconds: Double) {
        visits[run, default: [:]][expert, default: RunVisits(expert: expert, count: 0, seconds: 0)].count += 1
        visits[run]?[expert]?.seconds += seconds
    }

    func visits(in run: String) -> [RunVisits] { (visits[run] ?? [:]).values.sorted { $0.expert < $1.expert } }

    func add(_ marks: [Mark]) { kept += marks }
    func marks() -> [Mark] { kept }
    func forget(_ expert: ExpertID) -> Int { 0 }

    func choice(_ key: String) -> String? { chosen[key] }
    func choose(_ value: String, for key: String) { chosen[key] = value }
}

/// Counts how often each question was answered.
final class AskLog: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func note(_ question: Question) { counts.withLock { $0[question.text, default: 0] += 1 } }

    var byQuestion: [String: Int] { counts.withLock { $0 } }
    var total: Int { counts.withLock { $0.values.reduce(0, +) } }
}

/// What `progress` was called with, in order.
final class ProgressLog<Step: Sendable>: Sendable {
    private let kept = Mutex<[Step]>([])

    func note(_ step: Step) { kept.withLock { $0.append(step) } }

    var steps: [Step] { kept.withLock { $0 } }
}

extension Suite {
    /// A suite of the folder `Suites`.
    static func builtIn(_ name: String) throws -> Suite {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try Suite(SuiteShelf(folders: [root.appendingPathComponent("Suites").path]).named(name))
    }

    static let gsm8k: Suite = {
        do { return try builtIn("gsm8k") } catch { preconditionFailure("Suites/gsm8k.yaml: \(error)") }
    }()
}

struct NoEmbedder: Embedder {
    let name = "none"

    func embed(_ texts: [String]) async throws -> [[Float]] { throw Fault(.unsupported, "embedder", "is not there") }
}

/// `Number 7?`, answered by 7, and so on from 1.
func numbers(_ count: Int) -> [GradedQuestion] {
    (0..<count).map { GradedQuestion(id: "q\($0 + 1)", question: "Number \($0 + 1)?", answer: String($0 + 1)) }
}

extension Question {
    /// The number that `numbers` asks for.
    var number: Int { Int(text.filter(\.isNumber)) ?? -1 }

    /// True if a synthesis is asked for.
    var isSynthesis: Bool { instructedMessages.first?.text.contains("Responses:") ?? false }
}

/// An expert that is right about every number.
func knower(_ id: ExpertID, concurrent: Int = 4, log: AskLog = AskLog()) -> FakeExpert {
    FakeExpert(id, concurrent: concurrent) { question, _ in
        log.note(question)
        return .says("#### \(question.number)")
    }
}

/// A bench with everything in memory.
struct Rig {
    let store = MemoryStore()
    let time = ManualTime()
    var experts: [FakeExpert]
    var skills: [Skill] = []
    var marks: [Mark] = []

    init(_ experts: FakeExpert...) { self.experts = experts }

    var directory: ExpertDirectory { ExpertDirectory(experts) }
    var profiles: ProfileShelf { ProfileShelf(skills: skills, marks: marks, unknown: .ignore, embedder: NoEmbedder()) }
    var needs: NeedFinder {
        let lexical = LexicalAnnotator(skills: skills)
        return NeedFinder(annotator: lexical, substitute: lexical, kept: nil)
    }

    func order(
        _ strategy: String, _ questions: [GradedQuestion], seats: Int = 3, seed: UInt64 = 7, trim: Double = 0,
        routes: [Route] = [], maximumTokens: Int? = nil, suite: Suite = .gsm8k, judge: RunJudge? = nil,
        part: String? = nil
    ) throws -> RunOrder {
        let ids = experts.map(\.card.id)
        return RunOrder(
            suite: suite, questions: questions,
            strategy: try BenchStrategy(strategy, seats: seats, experts: ids, routes: routes, trim: trim), experts: ids,
            seed: seed, maximumTokens: maximumTokens, judge: judge, part: part)
    }

    @discardableResult
    func run(
        _ order: RunOrder, id: String = "r", resuming: Bool = false, conduct: RunConduct = RunConduct(),
        progress: @escaping @Sendable (RunProgress) -> Void = { _ in }
    ) async throws -> Run {
        try await BenchRun(
            order: order, directory: directory, needs: needs, profiles: profiles, store: store, time: time.source,
            choices: store, conduct: conduct
        ).run(id: id, resuming: resuming, progress: progress)
    }
}
