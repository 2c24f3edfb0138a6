import Gating

/// Records what the gates choose for one sequence, up to a number of tokens.
///
/// Not for several threads at once: read `trace` when the passes that record are done.
public final class RoutingRecorder {
    /// What has been recorded.
    public private(set) var trace: RoutingTrace

    private let capacity: Int

    /// A record for `model` of at most `capacity` tokens; what comes later is counted, not kept.
    public init(_ model: LanguageModel, capacity: Int) {
        trace = RoutingTrace(expertCounts: model.expertCounts)
        self.capacity = capacity
    }

    /// Records the seats of the next token in `layer`.
    func note(_ selection: Selection, row: Int, layer: Int) {
        guard trace.layers[layer].tokens < capacity else {
            // A token passes every layer; the first with experts counts it.
            if layer == trace.expertCounts.firstIndex(where: { $0 > 0 }) { trace.dropped += 1 }
            return
        }
        trace.layers[layer].append(
            experts: selection.experts(inRow: row).map { UInt16(truncatingIfNeeded: $0) },
            weights: Array(selection.weights(inRow: row)))
    }
}
