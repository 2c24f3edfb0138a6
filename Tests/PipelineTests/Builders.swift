import Core
import Pipeline
import Routing
import Support
import Synchronization

/// Keeps traces in memory.
final class TraceShelf: TraceStore {
    private let kept = Mutex<[Trace]>([])

    var all: [Trace] { kept.withLock { $0 } }

    func keep(_ trace: Trace) { kept.withLock { $0.append(trace) } }
    func trace(_ id: String) async throws -> Trace? { all.first { $0.id == id } }
    func traces(limit: Int) async throws -> [Trace] { all.suffix(limit).reversed() }
}

/// Embeds nothing: these tests need exact matches only.
struct NoEmbedder: Embedder {
    let name = "none"

    func embed(_ texts: [String]) async throws -> [[Float]] { texts.map { _ in [1] } }
}

/// A pipeline over fake experts, with everything else as small as it can be.
struct Workshop {
    let traces = TraceShelf()
    let time: ManualTime
    let pipeline: AnswerPipeline

    static let skills = [
        Skill(name: "algebra", description: "", keywords: ["solve for x"], instructions: "Check by substituting."),
        Skill(name: "law", description: "", keywords: ["contract"]),
    ]

    init(
        _ experts: [any Expert], routes: [Route], marks: [Mark] = [], keepsText: Bool = false,
        time: ManualTime = ManualTime(), annotator: (any SkillAnnotator)? = nil,
        capabilities: CapabilityShelf = CapabilityShelf(), canaries: CanaryShelf = CanaryShelf()
    ) {
        self.time = time
        var parts = Self.parts(
            experts, routes: routes, marks: marks, keepsText: keepsText, traces: traces, time: time,
            annotator: annotator)
        parts.capabilities = capabilities
        parts.canaries = canaries
        pipeline = AnswerPipeline(parts)
    }

    static func parts(
        _ experts: [any Expert], routes: [Route], marks: [Mark] = [], keepsText: Bool = false, traces: TraceShelf,
        time: ManualTime, annotator: (any SkillAnnotator)? = nil
    ) -> PipelineParts {
        let lexical = LexicalAnnotator(skills: Self.skills, floor: 0.5)
        let counter = Mutex(UInt64(100))
        return PipelineParts(
            directory: ExpertDirectory(experts), routes: routes,
            needs: NeedFinder(annotator: annotator ?? lexical, substitute: lexical, kept: nil),
            profiles: ProfileShelf(skills: Self.skills, marks: marks, unknown: .ignore, embedder: NoEmbedder()),
            skills: Self.skills, traces: traces, time: time.source,
            entropy: {
                counter.withLock {
                    $0 += 1; return $0
                }
            }, keepsText: keepsText)
    }

    static func everybody(
        _ members: [ExpertID], method: AggregationPlan.Method = .vote, writer: ExpertID? = nil,
        budget: Budget = .unlimited, fallback: ExpertID? = nil
    ) -> Route {
        Route(
            name: "auto", routing: RoutingPlan(strategy: .fixed, members: members),
            aggregation: AggregationPlan(method: method, writer: writer), budget: budget, fallback: fallback)
    }
}
