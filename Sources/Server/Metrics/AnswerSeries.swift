import Core

/// What is counted of a whole question: the figures of one route and one way to end.
struct AnswerSeries: Sendable {
    struct Key: Sendable, Hashable {
        var route: String
        var outcome: Trace.Outcome
        /// As `error_type` says it; empty if it went well.
        var failure: String
    }

    private let questions: MetricSeries
    private let decision: MetricSeries
    private let whole: MetricSeries
    private let firstToken: MetricSeries
    private let token: MetricSeries

    init(_ key: Key, in metrics: MetricRegistry) {
        let names = [TraceCounter.operation, TraceCounter.provider, key.route]
        questions = metrics.series(of: .questions, [key.route, key.outcome.rawValue])
        decision = metrics.series(of: .decisionSeconds, [key.route])
        whole = metrics.series(of: .answerSeconds, names + [key.failure])
        firstToken = metrics.series(of: .answerFirstToken, names)
        token = metrics.series(of: .answerTokenSeconds, names)
    }

    func count(_ trace: Trace) {
        questions.add(1)
        decision.observe(trace.decisionSeconds)
        whole.observe(trace.seconds)
        guard let pace = AnswerPace(of: trace) else { return }
        firstToken.observe(pace.firstText)
        if let seconds = pace.secondsPerToken { token.observe(seconds) }
    }
}
