public import Core

/// Counts what finished traces tell: outcomes, times, tokens and money, by route and by expert.
public struct TraceCounter: TraceWatch {
    /// The operation that every question is, in OpenTelemetry's words.
    static let operation = "chat"
    /// What Muster itself is called as a provider.
    static let provider = "muster"

    private let metrics: MetricRegistry
    private let card: @Sendable (ExpertID) -> ExpertCard?

    /// - Parameter card: what is known of an expert; nil for one that is gone.
    public init(_ metrics: MetricRegistry, card: @escaping @Sendable (ExpertID) -> ExpertCard?) {
        self.metrics = metrics
        self.card = card
    }

    public func finished(_ trace: Trace) {
        let failure = Self.failure(of: trace)
        metrics.add(to: .questions, trace.route, trace.outcome.rawValue)
        metrics.observe(trace.decisionSeconds, in: .decisionSeconds, trace.route)
        metrics.observe(trace.seconds, in: .answerSeconds, Self.operation, Self.provider, trace.route, failure)
        if let pace = AnswerPace(of: trace) {
            metrics.observe(pace.firstText, in: .answerFirstToken, Self.operation, Self.provider, trace.route)
            if let token = pace.secondsPerToken {
                metrics.observe(token, in: .answerTokenSeconds, Self.operation, Self.provider, trace.route)
            }
        }
        for attempt in trace.attempts { count(attempt) }
    }

    private func count(_ attempt: Attempt) {
        let expert = attempt.expert.rawValue
        let card = card(attempt.expert)
        let provider = card.map { ProviderName.of($0.kind) } ?? "unknown"
        let model = card.map { $0.model.isEmpty ? expert : $0.model } ?? expert
        let failure = attempt.fault?.code.rawValue ?? ""
        metrics.observe(attempt.seconds, in: .callSeconds, Self.operation, provider, model, expert, failure)
        if let first = attempt.firstTextSeconds {
            metrics.observe(first, in: .callFirstToken, Self.operation, provider, model, expert, failure)
        }
        let usage = attempt.usage
        for (direction, tokens) in [("input", usage.promptTokens), ("output", usage.completionTokens)] where tokens > 0
        {
            metrics.observe(Double(tokens), in: .callTokens, Self.operation, provider, model, expert, direction)
            metrics.add(Double(tokens), to: .expertTokens, expert, direction)
        }
        if attempt.dollars > 0 { metrics.add(attempt.dollars, to: .expertDollars, expert) }
    }

    /// As `error_type` says it: the last fault's code, the outcome where there is none, nothing if it went well.
    static func failure(of trace: Trace) -> String {
        switch trace.outcome {
        case .failed: trace.attempts.last { $0.fault != nil }?.fault?.code.rawValue ?? trace.outcome.rawValue
        case .clientGone: trace.outcome.rawValue
        case .decided, .complete, .truncated, .failedOver: ""
        }
    }
}

/// Who stands behind a kind of expert, as OpenTelemetry's `gen_ai.provider.name` has it.
enum ProviderName {
    static func of(_ kind: ExpertKind) -> String {
        switch kind {
        case .openai, .anthropic, .ollama: kind.rawValue
        case .local, .scripted: TraceCounter.provider
        }
    }
}
