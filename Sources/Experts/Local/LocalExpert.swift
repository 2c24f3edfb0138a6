import Core
import Engine
import Synchronization

/// An expert that runs in this process: a model from a GGUF file, shared with whoever else names the same file.
final class LocalExpert: Expert {
    private let spec: ExpertSpec
    private let key: LocalModelKey
    private let models: LocalModels
    private let time: TimeSource
    private let faults: LocalFaults
    /// For questions without a seed of their own.
    private let random: Mutex<SeededRandom>

    /// - Parameter seed: for the draws of questions that bring none.
    init(spec: ExpertSpec, models: LocalModels, time: TimeSource, seed: UInt64) {
        var spec = spec
        let context = spec.card.context ?? models.settings.context
        spec.card.context = context
        self.spec = spec
        key = LocalModelKey(file: spec.card.model, context: context)
        self.models = models
        self.time = time
        faults = LocalFaults(spec: spec)
        random = Mutex(SeededRandom(seed: seed))
    }

    var card: ExpertCard { spec.card }

    func health() async -> ExpertHealth {
        await models.obstacle(to: key).map { .unusable(faults.words($0)) } ?? .ready
    }

    var isLoaded: Bool? { models.isReady(key) }

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        let clocks = CallClocks(spec, time: time)
        let request = try LocalRequest(
            question, mostTokens: spec.maximumOutput, seed: random.withLock { $0.next() }, faults: faults)
        if let plan = request.steering { try await check(plan) }
        let lease = try await clocks.watch(.firstToken) { [models, key, faults] in
            do {
                return try await models.use(key)
            } catch {
                throw faults.loading(error)
            }
        }
        let answer = LocalAnswer(
            try begin(request, question.instructedMessages, lease.model), from: lease, clocks: clocks, faults: faults,
            spelling: { [vocabulary = lease.model.generator.vocabulary] in vocabulary.tokenizer.bytes(of: $0) ?? [] })
        switch delivery {
        case .streamed: return AnswerStream { try await answer.next() }
        case .whole:
            let pieces = PieceQueue(try await Self.whole(answer))
            return AnswerStream { pieces.next() }
        }
    }

    /// Refuses what the model's layers cannot follow, before the model is loaded for it.
    private func check(_ plan: SteeringPlan) async throws {
        let counts: [Int]
        do throws(ModelObstacle) {
            counts = try await models.expertCounts(of: key)
        } catch {
            throw faults.obstacle(error)
        }
        if let obstacle = plan.obstacle(expertCounts: counts) { throw faults.steering(obstacle) }
    }

    private func begin(
        _ request: LocalRequest, _ messages: [Message], _ model: RunningModel
    ) throws -> AsyncThrowingStream<GenerationEvent, any Error> {
        let prompt: [Int]
        do throws(ChatTemplateRefusal) {
            prompt = try model.prompt(messages, at: time.timestamp())
        } catch {
            throw faults.template(error)
        }
        do throws(GenerationRefusal) {
            return try model.generator.answer(to: request.reading(prompt))
        } catch {
            throw faults.refused(error)
        }
    }

    /// All pieces, the texts in one.
    private static func whole(_ answer: LocalAnswer) async throws -> [AnswerPiece] {
        var text = ""
        var others: [AnswerPiece] = []
        while let piece = try await answer.next() {
            if case .text(let more) = piece { text += more } else { others.append(piece) }
        }
        return (text.isEmpty ? [] : [.text(text)]) + others
    }
}
