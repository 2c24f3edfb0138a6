public import Core

/// Counts the calls to experts as they begin and end.
public struct CallCounter: CallWatch {
    private struct Ending: Hashable {
        var expert: ExpertID
        var outcome: CallOutcome
    }

    private let underWay: SeriesShelf<ExpertID, MetricSeries>
    private let ended: SeriesShelf<Ending, MetricSeries>

    public init(_ metrics: MetricRegistry) {
        underWay = SeriesShelf { metrics.series(of: .callsInFlight, [$0.rawValue]) }
        ended = SeriesShelf { metrics.series(of: .upstreamRequests, [$0.expert.rawValue, $0.outcome.name]) }
    }

    public func began(_ expert: ExpertID) { underWay[expert].add(1) }

    public func ended(_ expert: ExpertID, _ outcome: CallOutcome) {
        underWay[expert].add(-1)
        ended[Ending(expert: expert, outcome: outcome)].add(1)
    }
}
