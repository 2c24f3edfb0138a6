import Core
import Engine
import Synchronization

/// One answer on its way out of the engine. Dropping it ends the answer within a token and gives the model back.
final class LocalAnswer: Sendable {
    private struct State {
        /// Nil once the answer has ended.
        var source: Source?
        var stage = CallClocks.Stage.firstToken
        var waiting: [AnswerPiece] = []
    }

    /// What an answer under way holds.
    private struct Source {
        var events: AsyncThrowingStream<GenerationEvent, any Error>
        var lease: ModelLease<RunningModel>
    }

    private let state: Mutex<State>
    private let clocks: CallClocks
    private let faults: LocalFaults
    /// How a token is written.
    private let spelling: @Sendable (Int) -> [UInt8]

    init(
        _ events: AsyncThrowingStream<GenerationEvent, any Error>, from lease: ModelLease<RunningModel>,
        clocks: CallClocks, faults: LocalFaults, spelling: @escaping @Sendable (Int) -> [UInt8]
    ) {
        state = Mutex(State(source: Source(events: events, lease: lease)))
        self.clocks = clocks
        self.faults = faults
        self.spelling = spelling
    }

    /// The next piece; nil after the last. One caller at a time.
    func next() async throws -> AnswerPiece? {
        while true {
            if let piece = state.withLock({ $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }) { return piece }
            let (source, stage) = state.withLock { ($0.source, $0.stage) }
            guard let source else { return nil }
            do {
                try take(await event(of: source.events, stage))
            } catch {
                end()
                throw error
            }
        }
    }

    private func event(
        of events: AsyncThrowingStream<GenerationEvent, any Error>, _ stage: CallClocks.Stage
    ) async throws -> GenerationEvent? {
        do {
            return try await clocks.watch(stage) {
                // All iterators of such a stream read on where the last one stopped.
                var iterator = events.makeAsyncIterator()
                return try await iterator.next()
            }
        } catch let refusal as GenerationRefusal {
            throw faults.refused(refusal)
        } catch let refusal as SamplingRefusal {
            throw faults.failed("\(refusal)")
        }
    }

    private func take(_ event: GenerationEvent?) throws {
        switch event {
        case .token(let token):
            state.withLock { state in
                state.stage = .nextToken
                if !token.text.isEmpty { state.waiting.append(.text(token.text)) }
                if let told = token.logProbabilities {
                    state.waiting.append(.probabilities([LocalProbabilities(told, spelling: spelling).json]))
                }
            }
        case .end(let ended):
            state.withLock { $0.waiting = ended.pieces }
            end()
        case nil:
            // A stream without an end was given up by its reader.
            try Task.checkCancellation()
            throw faults.failed("its answer stopped without an end")
        }
    }

    /// Lets go of the answer and the model, outside the lock: that may let the next one in at once.
    private func end() {
        let source = state.withLock { state in
            defer { state.source = nil }
            return state.source
        }
        _ = source
    }
}

extension GenerationEnd {
    /// What is left to say.
    fileprivate var pieces: [AnswerPiece] {
        let usage = Usage(
            promptTokens: promptTokens, completionTokens: generatedTokens, cachedTokens: cachedTokens)
        return (text.isEmpty ? [] : [.text(text)]) + [.usage(usage), .finish(reason == .length ? .length : .stop)]
    }
}
