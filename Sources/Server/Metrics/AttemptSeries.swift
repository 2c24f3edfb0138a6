import Core

/// What is counted of one attempt: the figures of one expert and one way to end.
struct AttemptSeries: Sendable {
    struct Key: Sendable, Hashable {
        var expert: ExpertID
        /// Nil for an expert that is gone.
        var kind: ExpertKind?
        /// What its server calls the model; empty if it has no name of its own.
        var model: String
        var failure: Fault.Code?
    }

    private let seconds: MetricSeries
    private let firstToken: MetricSeries
    private let input: MetricSeries
    private let output: MetricSeries
    private let inputTotal: MetricSeries
    private let outputTotal: MetricSeries
    private let dollars: MetricSeries

    init(_ key: Key, in metrics: MetricRegistry) {
        let expert = key.expert.rawValue
        let names = [
            TraceCounter.operation, ProviderName.of(key.kind), key.model.isEmpty ? expert : key.model, expert,
        ]
        let failure = key.failure?.rawValue ?? ""
        seconds = metrics.series(of: .callSeconds, names + [failure])
        firstToken = metrics.series(of: .callFirstToken, names + [failure])
        input = metrics.series(of: .callTokens, names + ["input"])
        output = metrics.series(of: .callTokens, names + ["output"])
        inputTotal = metrics.series(of: .expertTokens, [expert, "input"])
        outputTotal = metrics.series(of: .expertTokens, [expert, "output"])
        dollars = metrics.series(of: .expertDollars, [expert])
    }

    func count(_ attempt: Attempt) {
        seconds.observe(attempt.seconds)
        if let first = attempt.firstTextSeconds { firstToken.observe(first) }
        count(attempt.usage.promptTokens, in: input, inputTotal)
        count(attempt.usage.completionTokens, in: output, outputTotal)
        if attempt.dollars > 0 { dollars.add(attempt.dollars) }
    }

    private func count(_ tokens: Int, in sizes: MetricSeries, _ total: MetricSeries) {
        guard tokens > 0 else { return }
        sizes.observe(Double(tokens))
        total.add(Double(tokens))
    }
}
