public import Core

extension AggregationPlan {
    /// The aggregator that this plan names.
    ///
    /// - Parameter chosen: who writes if the plan does not say: the one chosen on validation data, or the strongest.
    public func makeAggregator(chosen: ExpertID?) -> any Aggregator {
        switch method {
        case .vote: Vote(weights: weights)
        case .synthesis:
            if let writer = writer ?? chosen { Synthesis(writer: writer) } else { Vote(weights: weights) }
        }
    }
}
