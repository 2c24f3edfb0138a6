import Core
import Pipeline
import Server
import Support
import Synchronization

/// What the dashboard reads, held in memory; remembers how it was asked.
final class InsightShelf: InsightStore, MarkStore {
    struct Asked: Sendable, Hashable {
        var filter: TraceFilter
        var cursor: TraceCursor?
        var limit: Int
    }

    let page: TracePage
    let now: [Mark]
    let former: [Mark]
    let runs: [RunLine]
    private let asks = Mutex<[Asked]>([])

    init(page: TracePage = TracePage(lines: []), marks: [Mark] = [], former: [Mark] = [], runs: [RunLine] = []) {
        self.page = page
        now = marks
        self.former = former
        self.runs = runs
    }

    var asked: [Asked] { asks.withLock { $0 } }

    func lines(_ filter: TraceFilter, after cursor: TraceCursor?, limit: Int) async throws -> TracePage {
        asks.withLock { $0.append(Asked(filter: filter, cursor: cursor, limit: limit)) }
        return page
    }

    func feedback(on trace: String) async throws -> Feedback? {
        try Feedback(trace: trace, score: 0.75, at: ManualTime.start)
    }

    func formerMarks() async throws -> [Mark] { former }
    func runLines(limit: Int) async throws -> [RunLine] { runs }

    func runShares(in run: String) async throws -> [RunShare] {
        [
            RunShare(
                expert: "general", calls: 3, failed: 1, cut: 0, promptTokens: 7, completionTokens: 9, dollars: 0.5,
                visits: 1, seconds: 4)
        ]
    }

    func runMarks(in run: String, limit: Int) async throws -> [RunMark] {
        [RunMark(question: "q1", isStrictlyRight: true, isFlexiblyRight: true, isCut: false, hasFailed: false)]
    }

    func add(_ marks: [Mark]) async throws {}
    func marks() async throws -> [Mark] { now }
    func forget(_ expert: ExpertID) async throws -> Int { 0 }
}

extension InsightParts {
    /// A dashboard of two experts and one skill with two questions.
    static func sample(
        _ shelf: InsightShelf = InsightShelf(), board: LiveBoard = LiveBoard(time: ManualTime(.waits).source)
    ) -> InsightParts {
        let directory = ExpertDirectory([FakeExpert("general", replies: []), FakeExpert("maths", replies: [])])
        let skill = Skill(
            name: "algebra", description: "Letters for numbers", category: "mathematics", version: "2",
            questions: [
                GradedQuestion(id: "q1", question: "x + 1 = 2", answer: "1"),
                GradedQuestion(id: "q2", question: "2x = 8", answer: "4"),
            ])
        var profile = Profile(expert: "general")
        profile.add("algebra", right: true, weight: 0.5)
        let book = ProfileBook([profile])
        return InsightParts(
            store: shelf, marks: shelf, board: board, skills: { [skill] }, directory: { directory }, book: { book })
    }
}
