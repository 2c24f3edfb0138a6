import Core
import Synchronization
import Transport

/// A pretend expert: says what its script says, knows what it is told to know, and fails on demand. The same question
/// always gets the same answer.
final class ScriptedExpert: Expert {
    private let spec: ExpertSpec
    private let script: Script
    private let key: AnswerKey
    private let time: TimeSource
    private let faults: ExpertFaults
    /// How often each mishap has happened.
    private let happened: Mutex<[Int]>

    init(spec: ExpertSpec, key: AnswerKey, time: TimeSource) {
        self.spec = spec
        script = spec.script ?? Script()
        self.key = key
        self.time = time
        faults = ExpertFaults(spec: spec, now: { time.timestamp() })
        happened = Mutex(Array(repeating: 0, count: script.mishaps.count))
    }

    var card: ExpertCard { spec.card }

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        let failure = nextFailure(for: question.text)
        if let failure { try await fail(failure, delivery) }
        try Task.checkCancellation()
        if script.delay > .zero { try await time.sleep(for: script.delay) }
        let (text, call) = ScriptedReply(script: script, key: key, expert: card.id).reply(to: question)
        let words = (question.output.form == nil ? text : JSONText.of(.object(["answer": .string(text)]))).wordPieces
        let said = Array(words.prefix(max(0, question.sampling.maximumTokens ?? spec.maximumOutput ?? .max)))
        if case .cut(let after)? = failure {
            let left = said.prefix(max(0, after))
            return stream(left.map(AnswerPiece.text), then: faults.cutOff(pieces: left.count, isMidEvent: false))
        }
        let isCut = said.count < words.count
        let calls = isCut ? [] : call.map { pieces(of: $0, delivery) } ?? []
        let end: [AnswerPiece] = [
            .usage(Usage(promptTokens: question.wordCount, completionTokens: said.count + calls.count)),
            .finish(isCut ? .length : calls.isEmpty ? .stop : .toolCalls),
        ]
        let texts = (delivery == .whole ? [said.joined()] : said).filter { !$0.isEmpty || calls.isEmpty }
        return stream(texts.map(AnswerPiece.text) + calls + end)
    }

    /// A call as a server tells it: its arguments in pieces where the answer is streamed.
    private func pieces(of call: ToolCall, _ delivery: Delivery) -> [AnswerPiece] {
        let begin = ToolCallFragment(
            index: 0, id: call.id, name: call.name, arguments: delivery == .whole ? call.arguments : "")
        guard delivery == .streamed else { return [.call(begin)] }
        return [.call(begin)] + call.arguments.wordPieces.map { .call(ToolCallFragment(index: 0, arguments: $0)) }
    }

    private func stream(_ pieces: [AnswerPiece], then fault: Fault? = nil) -> AnswerStream {
        let (time, pace, pieces) = (time, script.pace, PieceQueue(pieces))
        return AnswerStream {
            try Task.checkCancellation()
            guard let piece = pieces.next() else {
                if let fault { throw fault }
                return nil
            }
            if pace > .zero, case .text = piece { try await time.sleep(for: pace) }
            return piece
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

    /// Fails as a server would; a whole answer that is cut never arrives.
    private func fail(_ failure: Script.Failure, _ delivery: Delivery) async throws {
        switch failure {
        case .status(let status, let wait):
            throw faults.status(
                status, header: { $0 == "retry-after" ? wait.map { "\($0.seconds)" } : nil },
                body: Array("as its script says".utf8))
        case .refuse: throw try faults.transport(.cannotConnect(reason: "as its script says"))
        case .hang:
            let clocks = HTTPClocks(spec.clocks)
            let clock: HTTPClocks.Name = clocks.total < clocks.firstByte ? .total : .firstByte
            let length = min(clocks.total, clocks.firstByte)
            try await time.sleep(for: length)
            throw try faults.transport(.clockFired(clock, after: length))
        case .cut where delivery == .whole: throw faults.cutOff(pieces: 0, isMidEvent: false)
        case .cut: break
        }
    }
}

extension Question {
    fileprivate var wordCount: Int { messages.reduce(0) { $0 + $1.text.split(whereSeparator: \.isWhitespace).count } }
}
