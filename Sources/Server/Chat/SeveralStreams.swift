import Core
import Synchronization

/// Several streamed answers to one request (`n`), each passed on as it is written: as many journeys, each with a draw of
/// its own.
///
/// At most one event of each waits for the reader, so that a slow reader slows all experts down. One that fails ends them
/// all, and so does a reader that leaves.
final class SeveralStreams: Sendable {
    private struct State {
        /// Pulls under way, by choice.
        var pulls: [Int: Task<Void, Never>] = [:]
        /// What came, in the order it came.
        var ready: [(choice: Int, result: Result<AnswerFlow.Event?, any Error>)] = []
        var waiter: CheckedContinuation<Void, Never>?
        /// Choices that have not ended.
        var open: Set<Int>
        var flows: [Int: AnswerFlow] = [:]
        var settled: [Int: (answer: Answer, trace: Trace)] = [:]
        var hasLeft = false
    }

    private let chat: ChatRequest
    private let service: any AnswerService
    private let state: Mutex<State>

    init(_ chat: ChatRequest, of service: any AnswerService) {
        self.chat = chat
        self.service = service
        state = Mutex(State(open: Set(0..<chat.count)))
    }

    deinit { for pull in state.withLock({ $0.pulls.values.map(\.self) }) { pull.cancel() } }

    /// All answers as one flow: it settles with the first one's trace when all are there.
    func flow() async throws -> AnswerFlow {
        let first = try await service.answer(
            chat.question, model: chat.model, wishes: chat.wishes, delivery: .streamed)
        state.withLock { $0.flows[0] = first }
        return AnswerFlow(decided: first.decided) { [self] in try await next() }
    }

    private func next() async throws -> AnswerFlow.Event? {
        while true {
            if let whole = state.withLock({ $0.open.isEmpty ? Self.whole(&$0) : nil }) { return whole }
            guard state.withLock({ !$0.open.isEmpty }) else { return nil }
            pullAll()
            guard let (choice, result) = await arrived() else { throw CancellationError() }
            do {
                switch try result.get() {
                case .piece(let piece), .choice(_, let piece): return .choice(choice, piece)
                case .settled(let answer, let trace):
                    state.withLock { state in
                        state.open.remove(choice)
                        state.flows[choice] = nil
                        state.settled[choice] = (answer, trace)
                    }
                    return .choice(choice, .finish(answer.finish))
                case nil: throw Fault(.expertCutOff, "answer", "it ended without a result", hint: "Ask again")
                }
            } catch {
                leave()
                throw error
            }
        }
    }

    /// What ends the flow: the first answer, with the tokens of all. Nil once it was told.
    private static func whole(_ state: inout State) -> AnswerFlow.Event? {
        guard let first = state.settled[0] else { return nil }
        var answer = first.answer
        answer.usage = state.settled.sorted { $0.key < $1.key }.dropFirst().reduce(answer.usage) {
            $0 + $1.value.answer.usage
        }
        state.settled = [:]
        return .settled(answer, first.trace)
    }

    /// Sees to it that a pull is under way for each choice of which nothing waits.
    private func pullAll() {
        state.withLock { state in
            guard !state.hasLeft else { return }
            let waiting = Set(state.ready.map(\.choice))
            for choice in state.open.sorted() where state.pulls[choice] == nil && !waiting.contains(choice) {
                let known = state.flows[choice]
                state.pulls[choice] = Task { [weak self, chat, service] in
                    let result: Result<AnswerFlow.Event?, any Error>
                    do {
                        let flow =
                            if let known { known } else {
                                try await service.answer(
                                    chat.question(forAnswer: choice), model: chat.model,
                                    wishes: chat.wishes(forAnswer: choice), delivery: .streamed)
                            }
                        self?.state.withLock { if !$0.hasLeft { $0.flows[choice] = flow } }
                        result = .success(try await flow.next())
                    } catch {
                        result = .failure(error)
                    }
                    self?.came(choice, result)
                }
            }
        }
    }

    private func came(_ choice: Int, _ result: Result<AnswerFlow.Event?, any Error>) {
        let waiter = state.withLock { state in
            state.pulls[choice] = nil
            state.ready.append((choice, result))
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Waits for what comes next; nil if the reader has left.
    private func arrived() async -> (Int, Result<AnswerFlow.Event?, any Error>)? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    guard state.ready.isEmpty, !state.hasLeft else { return true }
                    state.waiter = continuation
                    return false
                }
                if isThere { continuation.resume() }
            }
        } onCancel: {
            leave()
        }
        return state.withLock { $0.ready.isEmpty ? nil : $0.ready.removeFirst() }
    }

    /// Hangs up on everybody.
    private func leave() {
        let (pulls, waiter) = state.withLock { state in
            state.hasLeft = true
            defer {
                state.waiter = nil
                state.flows = [:]
            }
            return (Array(state.pulls.values), state.waiter)
        }
        for pull in pulls { pull.cancel() }
        waiter?.resume()
    }
}
