public import Core
import Pipeline
import Routing

/// Times deciding alone: how long it takes to find out a question's skills and recruit experts for it. Nobody is asked.
///
/// Experts, skills, marks and questions are made up from a seed. Each question goes through the same
/// `AnswerService.decide` as one that comes over the network.
public struct RoutingBenchmark: Sendable {
    /// How large the made-up world is.
    public struct Size: Sendable, Hashable, Codable {
        public var experts: Int
        public var skills: Int
        public var questions: Int

        public init(experts: Int = 100, skills: Int = 200, questions: Int = 1_000) {
            self.experts = experts
            self.skills = skills
            self.questions = questions
        }
    }

    /// Microseconds that one decision took.
    public struct Outcome: Sendable, Hashable, Codable {
        public var size: Size
        public var seed: UInt64
        public var minimum: Double
        public var median: Double
        /// 99 of 100 decisions took no longer.
        public var p99: Double
        public var maximum: Double
        /// Questions in which at least one skill was found.
        public var withNeed: Int
    }

    /// Decisions made before the clock counts, so that what is built once is built.
    static let warmUp = 20

    private let size: Size
    private let seed: UInt64
    private let embedder: any Embedder
    private let time: TimeSource

    /// - Parameters:
    ///   - seed: makes the same experts, skills and questions again.
    ///   - embedder: for keywords that are no skill's name; one that needs no network.
    public init(size: Size = Size(), seed: UInt64 = 0, embedder: any Embedder, time: TimeSource) {
        self.size = size
        self.seed = seed
        self.embedder = embedder
        self.time = time
    }

    /// Decides every question, one after the other.
    ///
    /// - Parameter plan: how experts are chosen.
    public func run(plan: RoutingPlan = RoutingPlan()) async throws -> Outcome {
        guard size.experts > 0, size.skills > 0, size.questions > 0 else {
            throw Fault(.invalidRequest, "routing benchmark", "has no experts, no skills or no questions")
        }
        let world = MadeUpWorld(size: size, seed: seed)
        let route = Route(name: "auto", routing: plan)
        let pipeline = pipeline(of: world, route: route)
        var micros: [Double] = []
        var withNeed = 0
        for text in world.questions.prefix(Self.warmUp) {
            _ = try await pipeline.decide(Question(text), model: route.name.rawValue, wishes: Wishes(seed: seed))
        }
        for (index, text) in world.questions.enumerated() {
            let question = Question(text)
            let wishes = Wishes(seed: SeededRandom.derived(from: seed, index: UInt64(index)))
            let began = time.now()
            let trace = try await pipeline.decide(question, model: route.name.rawValue, wishes: wishes)
            micros.append(time.seconds(since: began) * 1_000_000)
            withNeed += trace.need.skills.isEmpty ? 0 : 1
        }
        micros.sort()
        return Outcome(
            size: size, seed: seed, minimum: micros[0], median: Self.quantile(0.5, of: micros),
            p99: Self.quantile(0.99, of: micros), maximum: micros[micros.count - 1], withNeed: withNeed)
    }

    /// The smallest value that at least this share of all do not pass (nearest rank). `sorted` is not empty.
    package static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }

    private func pipeline(of world: MadeUpWorld, route: Route) -> AnswerPipeline {
        let lexical = LexicalAnnotator(skills: world.skills)
        return AnswerPipeline(
            PipelineParts(
                directory: ExpertDirectory(world.experts), routes: [route],
                needs: NeedFinder(annotator: lexical, substitute: lexical, kept: nil),
                profiles: ProfileShelf(
                    skills: world.skills, marks: world.marks, unknown: .nearest, embedder: embedder),
                skills: world.skills, traces: NoTraces(), time: time, entropy: { 0 }))
    }
}

/// Keeps nothing: deciding writes no trace.
private struct NoTraces: TraceStore {
    func keep(_ trace: Trace) {}
    func trace(_ id: String) async throws -> Trace? { nil }
    func traces(limit: Int) async throws -> [Trace] { [] }
}
