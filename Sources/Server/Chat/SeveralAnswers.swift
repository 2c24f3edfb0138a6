import Core
import Synchronization

/// Several answers to one request (`n`): as many journeys, each with a draw of its own.
final class SeveralAnswers: Sendable {
    private let chat: ChatRequest
    private let service: any AnswerService
    private let settled = Mutex<[(answer: Answer, trace: Trace)]>([])

    init(_ chat: ChatRequest, of service: any AnswerService) {
        self.chat = chat
        self.service = service
    }

    /// The answers in order, once all are there.
    var answers: [Answer] { settled.withLock { $0.map(\.answer) } }

    /// All answers as one flow: it settles with the first one when all are there, and fails when one fails.
    func flow() async throws -> AnswerFlow {
        let first = try await service.answer(
            chat.question, model: chat.model, wishes: chat.wishes, delivery: .whole)
        return AnswerFlow(decided: first.decided) { [self] in
            guard settled.withLock({ $0.isEmpty }) else { return nil }
            let all = try await all(after: first)
            settled.withLock { $0 = all }
            return all.first.map { .settled($0.answer, $0.trace) }
        }
    }

    private func all(after first: AnswerFlow) async throws -> [(answer: Answer, trace: Trace)] {
        try await withThrowingTaskGroup(of: (Int, Answer, Trace).self) { group in
            for index in 0..<chat.count {
                group.addTask { [chat, service] in
                    let flow =
                        index == 0
                        ? first
                        : try await service.answer(
                            chat.question(forAnswer: index), model: chat.model, wishes: chat.wishes(forAnswer: index),
                            delivery: .whole)
                    let (answer, trace) = try await flow.settled()
                    return (index, answer, trace)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map { ($0.1, $0.2) }
        }
    }
}
