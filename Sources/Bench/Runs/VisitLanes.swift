public import Core

/// Which visits of a run may happen at the same time.
///
/// Experts that share a backend, or the memory of this process, are visited one after the other, so that each of their
/// models is loaded once; servers of their own are visited together. Within a lane the expert with the longest list comes
/// first among lanes that are not limited; the order does not change what is asked (arXiv:2503.05641, step G).
public struct VisitLanes: Sendable, Hashable {
    /// The lane of experts that run in this process.
    public static let here = "this process"

    private let lanes: [ExpertID: String]

    /// - Parameter lanes: which lane each expert is visited in; one that is not named has a lane of its own.
    public init(_ lanes: [ExpertID: String] = [:]) { self.lanes = lanes }

    /// Everyone in one lane.
    public static let single = VisitLanes(everyone: "all")

    private var everyone: String?

    private init(everyone: String) {
        lanes = [:]
        self.everyone = everyone
    }

    /// The lane an expert is visited in.
    public func lane(of expert: ExpertID) -> String { everyone ?? lanes[expert] ?? "expert \(expert)" }

    /// The visits by lane, lanes in the order of their first visit.
    func split<Visit>(_ visits: [Visit], by expert: (Visit) -> ExpertID) -> [(lane: String, visits: [Visit])] {
        var order: [String] = []
        var found: [String: [Visit]] = [:]
        for visit in visits {
            let lane = lane(of: expert(visit))
            if found[lane] == nil { order.append(lane) }
            found[lane, default: []].append(visit)
        }
        return order.map { ($0, found[$0] ?? []) }
    }
}
