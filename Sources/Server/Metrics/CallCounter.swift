public import Core

/// Counts the calls to experts as they begin and end.
public struct CallCounter: CallWatch {
    private let metrics: MetricRegistry

    public init(_ metrics: MetricRegistry) { self.metrics = metrics }

    public func began(_ expert: ExpertID) { metrics.add(to: .callsInFlight, expert.rawValue) }

    public func ended(_ expert: ExpertID, _ outcome: CallOutcome) {
        metrics.add(-1, to: .callsInFlight, expert.rawValue)
        metrics.add(to: .upstreamRequests, expert.rawValue, outcome.name)
    }
}
