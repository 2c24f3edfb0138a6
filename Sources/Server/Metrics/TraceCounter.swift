public import Core

/// Counts what finished traces tell: outcomes, times, tokens and money, by route and by expert.
public struct TraceCounter: TraceWatch {
    /// The operation that every question is, in OpenTelemetry's words.
    static let operation = "chat"
    /// What Muster itself is called as a provider.
    static let provider = "muster"

    private let answers: SeriesShelf<AnswerSeries.Key, AnswerSeries>
    private let attempts: SeriesShelf<AttemptSeries.Key, AttemptSeries>
    private let card: @Sendable (ExpertID) -> ExpertCard?

    /// - Parameter card: what is known of an expert; nil for one that is gone.
    public init(_ metrics: MetricRegistry, card: @escaping @Sendable (ExpertID) -> ExpertCard?) {
        answers = SeriesShelf { AnswerSeries($0, in: metrics) }
        attempts = SeriesShelf { AttemptSeries($0, in: metrics) }
        self.card = card
    }

    public func finished(_ trace: Trace) {
        answers[AnswerSeries.Key(route: trace.route, outcome: trace.outcome, failure: Self.failure(of: trace))]
            .count(trace)
        for attempt in trace.attempts where attempt.isCall {
            let card = card(attempt.expert)
            attempts[
                AttemptSeries.Key(
                    expert: attempt.expert, kind: card?.kind, model: card?.model ?? "", failure: attempt.fault?.code)
            ].count(attempt)
        }
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
    static func of(_ kind: ExpertKind?) -> String {
        switch kind {
        case .openai, .anthropic, .ollama: kind?.rawValue ?? ""
        case .local, .scripted: TraceCounter.provider
        case nil: "unknown"
        }
    }
}
