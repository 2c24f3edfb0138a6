public import Core

/// The journey of questions through whatever parts are in use when each begins.
public struct LivePipeline: AnswerService {
    private let live: LiveParts

    public init(_ live: LiveParts) { self.live = live }

    private var pipeline: AnswerPipeline { live.pipeline }

    public func models() -> [ModelListing] { pipeline.models() }

    public func health() async -> [(expert: ExpertID, health: ExpertHealth)] { await pipeline.health() }

    public func loads() -> [ExpertID: ExpertLoad] { pipeline.loads() }

    public func decide(_ question: Question, model: String, wishes: Wishes) async throws -> Trace {
        try await pipeline.decide(question, model: model, wishes: wishes)
    }

    public func answer(
        _ question: Question, model: String, wishes: Wishes, delivery: Delivery
    ) async throws -> AnswerFlow {
        try await pipeline.answer(question, model: model, wishes: wishes, delivery: delivery)
    }
}
