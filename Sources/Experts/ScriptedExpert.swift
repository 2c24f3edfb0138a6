import Core
import Synchronization

/// A pretend expert: says what its script says, knows what it is told to know, and fails on demand. The same question
/// always gets the same answer.
final class ScriptedExpert: Expert {
    private let spec: ExpertSpec
    private let script: Script
    private let key: AnswerKey
    private let time: TimeSource
    /// How often each mishap has happened.
    private let happened: Mutex<[Int]>

    init(spec: ExpertSpec, key: AnswerKey, time: TimeSource) {
        self.spec = spec
        script = spec.script ?? Script()
        self.key = key
        self.time = time
        happened = Mutex(Array(repeating: 0, count: script.mishaps.count))
    }

    var card: ExpertCard { spec.card }

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        let failure = nextFailure(for: question.text)
        if let failure { try await fail(failure) }
        try await time.sleep(for: script.delay)
        var words = ScriptedReply(script: script, key: key, expert: card.id).reply(to: question).wordsWithSpaces
        let limit = question.sampling.maximumTokens ?? spec.maximumOutput ?? .max
        let isCut = words.count > limit
        words = Array(words.prefix(limit))
        // Its tokens are words.
        let usage = Usage(promptTokens: question.wordCount, completionTokens: words.count)
        let pieces = PieceQueue(
            (delivery == .whole ? [words.joined()] : words).map(AnswerPiece.text)
                + [.usage(usage), .finish(isCut ? .length : .stop)])
        guard case .cut(let after)? = failure else { return paced(pieces) }
        let left = Mutex(after)
        let id = card.id.rawValue
        return paced(pieces) {
            guard left.withLock({ $0 -= 1; return $0 < 0 }) else { return }
            throw Fault(.expertCutOff, id, "ended its answer without an end mark after \(after) pieces")
        }
    }

    private func paced(_ pieces: PieceQueue, before: @escaping @Sendable () throws -> Void = {}) -> AnswerStream {
        let (time, pace) = (time, script.pace)
        return AnswerStream {
            try before()
            try Task.checkCancellation()
            if pace > .zero { try await time.sleep(for: pace) }
            return pieces.next()
        }
    }

    private func nextFailure(for text: String) -> Script.Failure? {
        let asked = text.lowercased()
        return happened.withLock { happened in
            for (index, mishap) in script.mishaps.enumerated() {
                let matches = mishap.when.isEmpty || asked.contains(mishap.when.lowercased())
                guard matches, happened[index] < mishap.times ?? .max else { continue }
                happened[index] += 1
                return mishap.failure
            }
            return nil
        }
    }

    private func fail(_ failure: Script.Failure) async throws {
        let id = card.id.rawValue
        switch failure {
        case .status(429, let wait):
            throw Fault(
                .expertLimited, id, "answers with status 429, as its script says", retryAfterSeconds: wait?.seconds)
        case .status(let status, let wait):
            throw Fault(
                status >= 500 ? .expertFailed : .expertRefused, id, "answers with status \(status), as its script says",
                retryAfterSeconds: wait?.seconds)
        case .refuse: throw Fault(.expertUnreachable, id, "nobody answers, as its script says")
        case .hang:
            let longest = min(spec.clocks.firstToken, spec.clocks.total)
            try await time.sleep(for: longest)
            throw Fault(.expertTimedOut, id, "no first token within \(longest.seconds) s, as its script says")
        case .cut: break
        }
    }
}

extension String {
    /// Words, each with the spaces before it, so that joining them gives the text again.
    fileprivate var wordsWithSpaces: [String] {
        var words: [String] = []
        for character in self {
            if character.isWhitespace != (words.last?.last?.isWhitespace ?? true), !character.isWhitespace, let last = words.last,
                last.allSatisfy(\.isWhitespace)
            {
                words[words.count - 1].append(character)
            } else if words.isEmpty || (character.isWhitespace && words.last?.last?.isWhitespace == false) {
                words.append(String(character))
            } else {
                words[words.count - 1].append(character)
            }
        }
        return words
    }
}

extension Question {
    fileprivate var wordCount: Int { messages.reduce(0) { $0 + $1.text.split(whereSeparator: \.isWhitespace).count } }
}
