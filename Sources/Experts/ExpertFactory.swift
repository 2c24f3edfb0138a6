public import Core
public import Transport

/// Makes experts from their entries in the configuration.
///
/// What wraps what, from the outside in: the breaker turns calls away while the expert rests; the limit holds a place for
/// each call; the adapter makes exactly one request to the server. Tries are planned by whoever asks.
public struct ExpertFactory: Sendable {
    private let transport: HTTPTransport
    private let time: TimeSource
    private var key: AnswerKey
    private let models: LocalModels
    private let seed: UInt64
    private let watch: (any CallWatch)?

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
        return GuardedExpert(LimitedExpert(WatchedExpert(adapter(spec, seed: own), watch: watch)), time: time)
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
