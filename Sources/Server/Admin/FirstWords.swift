import Core

/// Asks one expert something small, whole and streamed, and says what it did; paused and resting ones too.
struct FirstWords: Sendable {
    /// For both questions together.
    private static let patience = Duration.seconds(60)
    private static let longestText = 200

    let expert: any Expert
    let time: TimeSource

    struct Report: Encodable {
        var object = "list"
        var expert: String
        var data: [Outcome]
    }

    struct Outcome: Encodable {
        /// `whole` or `streamed`.
        var delivery: String
        var ok: Bool
        var seconds: Double
        var firstTextSeconds: Double?
        var usage: Usage?
        var text: String?
        /// What went wrong, in a sentence.
        var failure: String?
        var code: String?
    }

    func run() async -> Report {
        var outcomes: [Outcome] = []
        for delivery in [Delivery.whole, .streamed] { outcomes.append(await ask(delivery)) }
        return Report(expert: expert.card.id.rawValue, data: outcomes)
    }

    private func ask(_ delivery: Delivery) async -> Outcome {
        let started = time.now()
        var outcome = Outcome(delivery: delivery == .whole ? "whole" : "streamed", ok: false, seconds: 0)
        do {
            let answer = try await answer(delivery)
            outcome.ok = true
            outcome.firstTextSeconds = answer.firstTextSeconds
            outcome.usage = answer.usage
            outcome.text = String(answer.text.prefix(Self.longestText))
        } catch {
            let refusal = Refusal(any: error)
            (outcome.failure, outcome.code) = (refusal.message, refusal.code)
        }
        outcome.seconds = time.seconds(since: started)
        return outcome
    }

    private func answer(_ delivery: Delivery) async throws -> Answer {
        let question = Question("Say the word ready.", sampling: Sampling(temperature: 0, maximumTokens: 16))
        return try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask { try await expert.answer(question, time: time, delivery: delivery) }
            group.addTask {
                try await time.sleep(for: Self.patience)
                throw Fault(
                    .expertTimedOut, expert.card.id.rawValue, "has not answered within \(Int(Self.patience.seconds)) s")
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}
