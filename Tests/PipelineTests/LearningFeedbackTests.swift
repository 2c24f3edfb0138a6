import Core
import Pipeline
import Routing
import Support
import Synchronization
import Testing

struct LearningFeedbackTests {
    /// Marks and judgements in memory.
    private final class Shelf: FeedbackStore, MarkStore {
        private let judged = Mutex<[JudgedTrace]>([])

        func keep(_ feedback: Feedback) async throws {
            var trace = Trace(
                id: feedback.trace, at: Timestamp(microseconds: 0), route: "auto", question: "q",
                need: Need(
                    annotator: "lexical", mentions: [.init(keyword: "k", score: 1, skill: "algebra", similarity: 1)]),
                recruitment: Recruitment(strategy: "skill", seats: [], seed: 1, reason: ""))
            trace.verdict = Verdict(
                method: "single", expert: "a", ballots: [.init(answer: "", votes: 1, experts: ["a"])], agreement: 1)
            judged.withLock { [trace] in $0.append(JudgedTrace(trace: trace, feedback: feedback)) }
        }

        func judgedTraces(limit: Int) async throws -> [JudgedTrace] { judged.withLock { $0 } }
        func add(_ marks: [Mark]) async throws {}
        func marks() async throws -> [Mark] { [] }
        func forget(_ expert: ExpertID) async throws -> Int { 0 }
    }

    @Test(.timeLimit(.minutes(5))) func everyJudgementIsLearnedHoweverFastTheyCome() async throws {
        let shelf = ProfileShelf(skills: Workshop.skills, marks: [], unknown: .ignore, embedder: NoEmbedder())
        let lexical = LexicalAnnotator(skills: Workshop.skills, floor: 0.5)
        let live = LiveParts(
            PipelineParts(
                directory: ExpertDirectory([]), routes: [],
                needs: NeedFinder(annotator: lexical, substitute: lexical, kept: nil), profiles: shelf,
                skills: Workshop.skills, traces: TraceShelf(), time: ManualTime().source, entropy: { 1 }))
        let feedback = LearningFeedback(Shelf(), live: live)
        try await withThrowingTaskGroup { group in
            for index in 0..<40 {
                group.addTask {
                    try await feedback.keep(
                        Feedback(trace: "t\(index)", score: 1, at: Timestamp(microseconds: 0)))
                }
            }
            try await group.waitForAll()
        }
        // Forty whole scores at half weight.
        while shelf.snapshot.book.profile(of: "a").competency(in: "algebra") != 20 { await Task.yield() }
    }
}
