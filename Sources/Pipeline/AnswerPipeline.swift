public import Core

/// The journey of one question: understand, recruit, ask, aggregate, record.
///
/// A class, because every question on its way holds it: as a value its parts would lie in each one's memory.
public final class AnswerPipeline: AnswerService {
    let parts: PipelineParts
    private let decider: Decider

    public init(_ parts: PipelineParts) {
        self.parts = parts
        decider = Decider(parts: parts)
    }

    public func models() -> [ModelListing] {
        guard let asker = Asker.current else { return allModels }
        return allModels.filter { asker.mayUse($0.id) }
    }

    private var allModels: [ModelListing] {
        parts.routes.map { route in
            ModelListing(
                id: route.name.rawValue, kind: .route,
                summary: "\(route.routing.strategy.rawValue), \(route.aggregation.method.rawValue)")
        }
            + parts.directory.experts.map { expert in
                ModelListing(
                    id: expert.card.id.rawValue, kind: .expert,
                    summary: [expert.card.kind.rawValue, expert.card.model].filter { !$0.isEmpty }.joined(
                        separator: " "),
                    abilities: parts.capabilities.book.abilities(of: expert.card))
            }
    }

    public func health() async -> [(expert: ExpertID, health: ExpertHealth)] {
        await parts.directory.states().map { ($0.card.id, $0.health) }
    }

    public func loads() -> [ExpertID: ExpertLoad] {
        Dictionary(
            parts.directory.experts.compactMap { expert in expert.load.map { (expert.card.id, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// How fast an expert has been of late; nil if it has not answered yet.
    public func pulse(of expert: ExpertID, _ delivery: Delivery = .streamed) -> ExpertPulse? {
        parts.pulses.pulse(of: expert, delivery)
    }

    public func decide(_ question: Question, model: String, wishes: Wishes) async throws -> Trace {
        try await decider.decide(question, model: model, wishes: wishes).trace
    }

    public func answer(
        _ question: Question, model: String, wishes: Wishes, delivery: Delivery
    ) async throws -> AnswerFlow {
        let started = QuestionArrival.current ?? parts.time.now()
        let decision = try await decider.decide(question, model: model, wishes: wishes, waits: true, since: started)
        let asked = decision.target.direct == nil ? instructed(question, for: decision.trace.need) : question
        let journey = Journey(
            of: self, question: asked, decision: decision, started: started, delivery: delivery)
        let span = parts.followsTraces || decision.trace.parent != nil ? decision.trace.span : nil
        return AnswerFlow(decided: decision.trace) {
            try await CallOrigin.$span.withValue(span) { try await journey.next() }
        }
    }

    /// The question with the instructions of each skill it needs, once.
    private func instructed(_ question: Question, for need: Need) -> Question {
        guard parts.givesInstructions else { return question }
        var seen: Set<SkillName> = []
        return need.skills.filter { seen.insert($0).inserted }
            .compactMap { parts.skills[$0]?.instructions }.filter { !$0.isEmpty }
            .reduce(question) { $0.instructed($1) }
    }
}
