public import Core
public import Transport

/// Makes experts from their entries in the configuration.
///
/// What wraps what, from the outside in: the breaker sees calls as the caller does, after all tries; the retry owner
/// sees each try; the limit holds a place for one try at a time, so that waiting between tries blocks nobody; the
/// adapter speaks to the server.
public struct ExpertFactory: Sendable {
    private let transport: HTTPTransport
    private let time: TimeSource
    private let key: AnswerKey
    private let seed: UInt64

    /// - Parameters:
    ///   - skills: whose questions scripted experts may know.
    ///   - seed: for the jitter of retries.
    public init(transport: HTTPTransport, skills: [Skill], time: TimeSource, seed: UInt64) {
        self.transport = transport
        self.time = time
        key = AnswerKey(skills)
        self.seed = seed
    }

    /// An expert ready to be asked.
    public func make(_ spec: ExpertSpec) -> any Expert {
        if spec.card.kind == .local { return LocalExpert(spec.card) }
        let retrying = RetryingExpert(
            LimitedExpert(adapter(spec)), policy: RetryPolicy(retries: spec.retries), time: time,
            seed: seed ^ Fingerprint(of: spec.card.id.rawValue).seed)
        return GuardedExpert(retrying, time: time)
    }

    private func adapter(_ spec: ExpertSpec) -> any Expert {
        let now: @Sendable () -> Timestamp = { [time] in time.timestamp() }
        return switch spec.card.kind {
        case .openai: HTTPExpert(spec: spec, wire: OpenAIWire(spec: spec), transport: transport, now: now)
        case .anthropic: HTTPExpert(spec: spec, wire: AnthropicWire(spec: spec), transport: transport, now: now)
        case .ollama: HTTPExpert(spec: spec, wire: OllamaWire(spec: spec), transport: transport, now: now)
        case .scripted: ScriptedExpert(spec: spec, key: key, time: time)
        case .local: LocalExpert(spec.card)
        }
    }
}
