public import Core
import Synchronization
public import Transport

/// Makes experts from their entries in the configuration.
///
/// What wraps what, from the outside in: behind a server that swaps models, the turn; the limit holds a place for each
/// call, and lets others wait; the breaker turns calls away while the expert rests; the adapter makes exactly one request
/// to the server. Tries are planned by whoever asks.
public struct ExpertFactory: Sendable {
    private let transport: HTTPTransport
    private let time: TimeSource
    private var key: AnswerKey
    private let models: LocalModels
    private let seed: UInt64
    private let watch: (any CallWatch)?
    private let backends: SwapBackends

    /// - Parameters:
    ///   - skills: whose questions scripted experts may know.
    ///   - engine: how models run in this process; all local experts of one factory share them.
    ///   - seed: for answers that are drawn here without a seed of their own.
    ///   - watch: hears of every call.
    public init(
        transport: HTTPTransport, skills: [Skill], engine: LocalEngineSettings = LocalEngineSettings(),
        time: TimeSource, seed: UInt64, watch: (any CallWatch)? = nil
    ) {
        self.transport = transport
        self.time = time
        key = AnswerKey(skills)
        models = LocalModels(engine, time: time)
        self.seed = seed
        self.watch = watch
        backends = SwapBackends(time: time)
    }

    /// The same factory for other skills; models that are loaded stay loaded.
    public func knowing(_ skills: [Skill]) -> ExpertFactory {
        var copy = self
        copy.key = AnswerKey(skills)
        return copy
    }

    /// What loading models into this process has cost so far.
    public var localModelStatistics: LocalModelStatistics { models.statistics }

    /// An expert ready to be asked.
    public func make(_ spec: ExpertSpec) -> any Expert {
        let own = seed ^ Fingerprint(of: spec.card.id.rawValue).seed
        let watched = WatchedExpert(adapter(spec, seed: own), watch: watch)
        let limited = LimitedExpert(GuardedExpert(watched, time: time), time: time)
        guard let backend = spec.backend else { return limited }
        return SwappedExpert(limited, turns: backends.turns(on: backend), time: time)
    }

    /// Takes lists for an expert; nil if it takes none.
    public func batchTaker(_ spec: ExpertSpec) -> (any BatchTaker)? {
        guard spec.card.kind == .openai, let terms = spec.batches else { return nil }
        return OpenAIBatches(spec: spec, terms: terms, transport: transport, time: time)
    }

    private func adapter(_ spec: ExpertSpec, seed: UInt64) -> any Expert {
        switch spec.card.kind {
        case .openai: HTTPExpert(spec: spec, wire: OpenAIWire(spec: spec), transport: transport, time: time)
        case .anthropic: HTTPExpert(spec: spec, wire: AnthropicWire(spec: spec), transport: transport, time: time)
        case .ollama: HTTPExpert(spec: spec, wire: OllamaWire(spec: spec), transport: transport, time: time)
        case .scripted: ScriptedExpert(spec: spec, key: key, time: time)
        case .local: LocalExpert(spec: spec, models: models, time: time, seed: seed)
        }
    }
}

/// The turns on every server that swaps models, by its name: experts of one factory share them, until the server is
/// described differently.
private final class SwapBackends: Sendable {
    private let time: TimeSource
    private let known = Mutex<[String: SwapTurns]>([:])

    init(time: TimeSource) { self.time = time }

    func turns(on spec: BackendSpec) -> SwapTurns {
        known.withLock { known in
            if let turns = known[spec.name], turns.spec == spec { return turns }
            let turns = SwapTurns(spec, time: time)
            known[spec.name] = turns
            return turns
        }
    }
}
