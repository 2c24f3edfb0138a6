import Core

/// An expert that is asked only as long as there is money for the dearest answer it could give.
struct PursedExpert: Expert {
    let expert: any Expert
    let purse: RunPurse

    var card: ExpertCard { expert.card }
    var load: ExpertLoad? { expert.load }

    func health() async -> ExpertHealth { await expert.health() }

    /// What is set aside is settled by whoever gets the answer; a call that did not begin costs nothing.
    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        let worst = RunPurse.worst(card, question)
        if let refusal = purse.refusal(to: card, setAside: worst) { throw refusal }
        do {
            return try await expert.ask(question, delivery: delivery)
        } catch {
            purse.settle(aside: worst, spent: 0)
            throw error
        }
    }
}
