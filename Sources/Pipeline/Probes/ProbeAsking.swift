public import Core
import Synchronization

/// Asks one expert on behalf of probes, and adds up what that takes.
public final class ProbeAsking: Sendable {
    /// Enough for an expert that thinks before it speaks.
    static let longestAnswer = 512

    private let expert: any Expert
    private let time: TimeSource
    private let spent = Mutex((calls: 0, usage: Usage()))

    public init(_ expert: any Expert, time: TimeSource, seed: UInt64) {
        self.expert = PatientExpert(expert, time: time, seed: seed)
        self.time = time
    }

    public var card: ExpertCard { expert.card }

    /// Calls so far.
    public var calls: Int { spent.withLock { $0.calls } }

    /// Tokens so far.
    public var usage: Usage { spent.withLock { $0.usage } }

    /// Asks, cold and with room for thinking.
    func ask(
        _ text: String, _ delivery: Delivery = .whole, stop: [String] = [], output: OutputWishes = OutputWishes()
    ) async throws -> Answer {
        try await ask([Message(.user, text)], delivery, stop: stop, output: output)
    }

    func ask(
        _ messages: [Message], _ delivery: Delivery = .whole, stop: [String] = [],
        output: OutputWishes = OutputWishes()
    ) async throws -> Answer {
        let question = Question(
            messages: messages,
            sampling: Sampling(temperature: 0, maximumTokens: Self.longestAnswer, stop: stop), output: output)
        spent.withLock { $0.calls += 1 }
        let answer = try await expert.answer(question, time: time, delivery: delivery)
        spent.withLock { $0.usage = $0.usage + answer.usage }
        return answer
    }
}
