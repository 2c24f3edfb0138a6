public import Kernels

/// Runs a model over given tokens and shows its scores: what measures a model rather than lets it write.
///
/// One sequence, which grows with each call. Not for several threads at once.
public final class Evaluation {
    /// The model that is run.
    public let model: LanguageModel

    /// How it is computed.
    public let form: ActivationForm

    private let bench: Workbench
    private let cache: KeyValueCache

    /// Tokens that go through the layers together.
    private static let passTokens = 512

    /// The same when each of them is scored: a row of scores is as long as the vocabulary.
    private static let scoredPassTokens = 64

    /// An empty sequence of up to `capacity` tokens, run on `team`.
    public init(_ model: LanguageModel, team: ThreadTeam, capacity: Int, form: ActivationForm = .float) {
        self.model = model
        self.form = form
        bench = Workbench(team: team)
        cache = KeyValueCache(
            shapes: model.transformer.cacheShapes, capacity: capacity, element: model.cacheElement)
    }

    /// Tokens in the sequence.
    public var count: Int { cache.count }

    /// Which tokens' scores are wanted.
    public enum Scoring: Sendable {
        case all, last, none
    }

    /// Adds `tokens`, ids below the model's token count, to the sequence, and hands `body` the scores of the next token
    /// after each of those wanted: its place in `tokens`, and `[vocabulary]` numbers, valid in `body` only.
    public func extend(
        by tokens: [Int], scoring: Scoring, steering: SteeringPlan? = nil, recorder: RoutingRecorder? = nil,
        _ body: (Int, UnsafeBufferPointer<Float>) -> Void
    ) {
        precondition(cache.count + tokens.count <= cache.capacity, "a sequence fits its capacity")
        precondition(tokens.allSatisfy { $0 >= 0 && $0 < model.tokenCount }, "tokens are of the model's vocabulary")
        let step = scoring == .all ? Self.scoredPassTokens : Self.passTokens
        for first in stride(from: 0, to: tokens.count, by: step) {
            let chunk = tokens[first..<min(first + step, tokens.count)]
            let rows = chunk.enumerated().map { place, token in
                Pass.Row(
                    token: token, position: cache.count + place, cache: cache, steering: steering, recorder: recorder)
            }
            let pass = Pass(rows, form: form, bench: bench)
            let wanted = wanted(scoring, chunk: rows.count, isLast: chunk.endIndex == tokens.count)
            _ = model.transformer.run(pass, scoring: wanted) { scores in
                for (place, row) in wanted.enumerated() {
                    body(first + row, UnsafeBufferPointer(start: scores[place], count: scores.width))
                }
            }
            cache.truncate(to: cache.count + rows.count)
        }
    }

    /// Forgets all tokens.
    public func clear() { cache.truncate(to: 0) }

    private func wanted(_ scoring: Scoring, chunk: Int, isLast: Bool) -> [Int] {
        switch scoring {
        case .all: Array(0..<chunk)
        case .last: isLast ? [chunk - 1] : []
        case .none: []
        }
    }
}
