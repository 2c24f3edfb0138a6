public import Core

/// An answer service of which some questions are put to a second expert too, once they are answered.
public struct ShadowedAnswers: AnswerService {
    private let service: any AnswerService
    private let sampler: ShadowSampler

    public init(_ service: any AnswerService, sampler: ShadowSampler) {
        self.service = service
        self.sampler = sampler
    }

    public func models() -> [ModelListing] { service.models() }
    public func health() async -> [(expert: ExpertID, health: ExpertHealth)] { await service.health() }
    public func loads() -> [ExpertID: ExpertLoad] { service.loads() }

    public func decide(_ question: Question, model: String, wishes: Wishes) async throws -> Trace {
        try await service.decide(question, model: model, wishes: wishes)
    }

    public func answer(
        _ question: Question, model: String, wishes: Wishes, delivery: Delivery
    ) async throws -> AnswerFlow {
        let flow = try await service.answer(question, model: model, wishes: wishes, delivery: delivery)
        guard sampler.isOn else { return flow }
        return AnswerFlow(decided: flow.decided) { [sampler] in
            let event = try await flow.next()
            if case .settled(let answer, let trace)? = event { sampler.consider(question, answer, trace) }
            return event
        }
    }
}
