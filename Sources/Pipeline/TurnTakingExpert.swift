import Core
import Synchronization

/// An expert within a batch: asked when it is its turn, and never twice for the same line of the same batch, also after
/// a restart.
struct TurnTakingExpert: Expert {
    /// The line that a task belongs to.
    final class Place: Sendable {
        let batch: String
        let line: Int
        let traveller: ExpertTurns.Traveller
        private let seen = Mutex<[String: Int]>([:])

        init(batch: String, line: Int, traveller: ExpertTurns.Traveller) {
            self.batch = batch
            self.line = line
            self.traveller = traveller
        }

        /// How often this was said before in this line.
        func occurrence(of key: String) -> Int {
            seen.withLock { seen in
                defer { seen[key, default: 0] += 1 }
                return seen[key, default: 0]
            }
        }
    }

    @TaskLocal static var place: Place?

    private let expert: any Expert
    private let turns: ExpertTurns
    private let store: any BatchStore
    private let time: TimeSource

    init(_ expert: any Expert, turns: ExpertTurns, store: any BatchStore, time: TimeSource) {
        self.expert = expert
        card = expert.card
        self.turns = turns
        self.store = store
        self.time = time
    }

    /// As it was when this was made: asked for many times a question, it is not looked up through everybody behind.
    let card: ExpertCard

    func health() async -> ExpertHealth { await expert.health() }

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        guard let place = Self.place else { return try await expert.ask(question, delivery: delivery) }
        let key = Self.key(card.id, question, at: place)
        if let kept = try await store.answer(key, line: place.line, in: place.batch) { return Self.stream(kept) }
        let answer = try await turns.inTurn(card, place.traveller) {
            let answer = try await expert.answer(question, time: time)
            try await store.keep(answer, key, line: place.line, in: place.batch)
            return answer
        }
        return Self.stream(answer)
    }

    /// Tells one question to this expert from every other of the same line: seats differ in their seeds, syntheses in
    /// their words, several answers to one question in their number.
    private static func key(_ expert: ExpertID, _ question: Question, at place: Place) -> String {
        let sampling = question.sampling
        let drawn = [sampling.seed.map(String.init), sampling.temperature.map { "\($0)" }].map { $0 ?? "" }
        let key = Fingerprint(of: expert.rawValue, question.fingerprint.hex, drawn.joined(separator: "/")).hex
        return "\(key)/\(place.occurrence(of: key))"
    }

    /// The answer once more, piece by piece. One that was kept has lost the expert's own bytes.
    private static func stream(_ answer: Answer) -> AnswerStream {
        guard let original = answer.original else { return AnswerStream(answer.pieces) }
        return AnswerStream([
            .original(OriginalEvent(bytes: original.bytes, members: original.members, pieces: answer.pieces))
        ])
    }
}

extension Answer {
    /// The pieces that make this answer.
    fileprivate var pieces: [AnswerPiece] {
        var pieces: [AnswerPiece] = []
        if !reasoning.isEmpty { pieces.append(.reasoning(reasoning)) }
        if !text.isEmpty { pieces.append(.text(text)) }
        if !probabilities.isEmpty { pieces.append(.probabilities(probabilities)) }
        for (index, call) in calls.enumerated() {
            pieces.append(
                .call(ToolCallFragment(index: index, id: call.id, name: call.name, arguments: call.arguments)))
        }
        return pieces + [.usage(usage), .finish(finish)]
    }
}
