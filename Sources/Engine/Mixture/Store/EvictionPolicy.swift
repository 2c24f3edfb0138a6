/// Says which weight expert to give up when memory is short.
///
/// A policy is told of every need, whether or not it could be met from memory, and then compares what is there. It
/// changes how much is read from the file, never what a model computes.
public protocol EvictionPolicy: Sendable {
    /// Notes that the next pass through `layer` needs `experts`, each once.
    mutating func note(_ experts: [Int], of layer: Int)

    /// What keeping an expert is worth at this moment, not a NaN: the least goes first, and of equals the first in the
    /// order of layers and experts.
    func worth(of key: ExpertKey) -> Double
}

extension EvictionPolicy {
    /// Which of `candidates` goes; nil when there are none.
    func leastWorthy(of candidates: [ExpertKey]) -> ExpertKey? {
        guard var least = candidates.first else { return nil }
        var worthOfLeast = worth(of: least)
        for key in candidates.dropFirst() {
            let worth = worth(of: key)
            if worth < worthOfLeast || worth == worthOfLeast && key < least { (least, worthOfLeast) = (key, worth) }
        }
        return least
    }
}
