import Core
import Experts
import Support
import Synchronization
import Testing

struct WatchedExpertTests {
    /// Writes down what it hears.
    private final class Ear: CallWatch {
        private let heard = Mutex<[String]>([])

        var all: [String] { heard.withLock { $0 } }
        func began(_ expert: ExpertID) { heard.withLock { $0.append("\(expert) began") } }
        func ended(_ expert: ExpertID, _ outcome: CallOutcome) {
            heard.withLock { $0.append("\(expert) \(outcome.name)") }
        }
    }

    private func expert(_ pieces: [AnswerPiece], fault: Fault? = nil) -> FakeExpert {
        FakeExpert("a", replies: [FakeExpert.Reply(pieces: pieces, fault: fault)])
    }

    @Test func anAnswerEndsWhenItsLastPieceIsRead() async throws {
        let ear = Ear()
        let stream = try await WatchedExpert(expert([.text("hi")]), watch: ear).ask(Question("?"), delivery: .whole)
        #expect(ear.all == ["a began"])
        while try await stream.nextPiece() != nil {}
        #expect(try await stream.nextPiece() == nil)
        #expect(ear.all == ["a began", "a answered"])
    }

    @Test func aFaultEndsItOnce() async throws {
        let ear = Ear()
        let fault = Fault(.expertFailed, "a", "broke")
        await #expect(throws: fault) {
            let stream = try await WatchedExpert(expert([.text("hi")], fault: fault), watch: ear)
                .ask(Question("?"), delivery: .whole)
            while try await stream.nextPiece() != nil {}
        }
        #expect(ear.all == ["a began", "a expert_failed"])
    }

    @Test func aStreamThatIsDroppedWasAbandoned() async throws {
        let ear = Ear()
        do {
            let stream = try await WatchedExpert(expert([.text("hi"), .text("ho")]), watch: ear)
                .ask(Question("?"), delivery: .streamed)
            _ = try await stream.nextPiece()
        }
        #expect(ear.all == ["a began", "a abandoned"])
    }
}
