import Engine
import Foundation
import Kernels
import Support

/// What a generator wrote for one request, collected to its end.
struct WrittenAnswer: Equatable {
    var tokens: [Int] = []
    /// The text of each event, in order; the last is that of the end.
    var pieces: [String] = []
    var reason: GenerationEnd.Reason?
    var cachedTokens = 0
    var generatedTokens = 0

    var text: String { pieces.joined() }

    init(_ events: AsyncThrowingStream<GenerationEvent, any Error>) async throws {
        for try await event in events {
            switch event {
            case .token(let token):
                tokens.append(token.id)
                pieces.append(token.text)
            case .end(let end):
                pieces.append(end.text)
                (reason, cachedTokens, generatedTokens) = (end.reason, end.cachedTokens, end.generatedTokens)
            }
        }
    }
}

/// A tiny model of single bytes, and generators that write with it.
struct TinyWriter {
    let model: LanguageModel
    let vocabulary: TextCodec

    init(context: Int = 2048, seed: UInt64 = 1) throws {
        var file = TinyModelFile(seed: seed)
        file.context = context
        model = try TemporaryFile.with(file.bytes) { try LanguageModel(readingFileAt: $0) }
        vocabulary = try TextCodec(model.parts.metadata)
    }

    /// A generator; close it when the test is done.
    func generator(
        slots: Int = 1, threads: Int = 1,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) throws -> Generator {
        guard let team = ThreadTeam(threads: threads) else { throw NoThreads() }
        return Generator(model, vocabulary: vocabulary, team: team, slots: slots, now: now)
    }

    /// The answer of a generator that has nothing else to do.
    func alone(_ request: GenerationRequest) async throws -> WrittenAnswer {
        let generator = try generator()
        defer { generator.close() }
        return try await WrittenAnswer(generator.answer(to: request))
    }

    /// A request for `count` letters from a to z: a token each, since a bias lifts them above all others.
    func letters(_ count: Int, after prompt: String, seed: UInt64 = 1) throws -> GenerationRequest {
        let settings = try SamplingSettings(
            logitBias: Dictionary(uniqueKeysWithValues: (97...122).map { ($0, 100) }))
        var request = GenerationRequest(prompt: prompt.utf8.map(Int.init), sampling: settings, seed: seed)
        request.mostTokens = count
        return request
    }

    struct NoThreads: Error {}
}
