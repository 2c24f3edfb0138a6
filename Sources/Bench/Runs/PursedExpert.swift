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
        guard purse.setAside(worst) else {
            throw Fault(
                .overBudget, card.id.rawValue,
                "an answer could cost $\(Self.text(worst)), and the run's budget of "
                    + "$\(Self.text(purse.limit ?? 0)) has $\(Self.text(max(0, (purse.limit ?? 0) - purse.spent))) left"
            )
        }
        do {
            return try await expert.ask(question, delivery: delivery)
        } catch {
            purse.settle(aside: worst, spent: 0)
            throw error
        }
    }

    /// Six decimals: a thousandth of a tenth of a cent.
    private static func text(_ dollars: Double) -> String {
        let millionths = Int((dollars * 1_000_000).rounded())
        let digits = String(millionths % 1_000_000)
        return "\(millionths / 1_000_000).\(String(repeating: "0", count: 6 - digits.count))\(digits)"
    }
}
