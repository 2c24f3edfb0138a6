package import Core
import Synchronization

/// The one place where a call is repeated. It is repeated only while nothing has been handed to the caller: the first
/// piece is waited for here, so a stream that fails before it is as if it had never begun.
package final class RetryingExpert: Expert {
    private let expert: any Expert
    private let policy: RetryPolicy
    private let time: TimeSource
    private let random: Mutex<SeededRandom>

    package init(_ expert: any Expert, policy: RetryPolicy, time: TimeSource, seed: UInt64) {
        self.expert = expert
        self.policy = policy
        self.time = time
        random = Mutex(SeededRandom(seed: seed))
    }

    package var card: ExpertCard { expert.card }

    package func health() async -> ExpertHealth { await expert.health() }

    package func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        var earlier: [Fault] = []
        while true {
            do {
                let stream = try await expert.ask(question, delivery: delivery)
                let first = PieceQueue([try await stream.nextPiece()].compactMap { $0 })
                return AnswerStream {
                    if let piece = first.next() { return piece }
                    return try await stream.nextPiece()
                }
            } catch var fault as Fault {
                let tries = earlier.count + 1
                let wait = random.withLock { policy.wait(after: fault, tries: tries, using: &$0) }
                guard let wait else {
                    fault.causes += earlier
                    if tries > 1 { fault.found += " (the last of \(tries) tries)" }
                    throw fault
                }
                earlier.append(fault)
                try await time.sleep(for: wait)
            }
        }
    }
}
