import Foundation

/// Gives up the weight expert that served least often (LFU), where a use counts the less the longer it is ago.
///
/// A use counts 1, and half as much after every `halfLife` passes through its layer: without ageing, experts that were
/// busy in one text would fill the memory for all later ones. The count is `C = Σ_uses 2^(-age / halfLife)`. Source:
/// LRFU, Lee and others, IEEE Transactions on Computers 50(12), 2001.
public struct LeastFrequentlyUsed: EvictionPolicy {
    private let halfLife: Double
    private var passes: [Int: Int] = [:]
    // log₂ of the count as seen from the beginning, where a use at pass t counts 2^(t / halfLife): all counts age by
    // the same factor, so comparing needs no ageing, and the logarithm never overflows.
    private var level = ExpertTable(missing: -Double.infinity)

    /// Uses count half after `halfLife` passes, above 0; infinity for uses that never age.
    public init(halfLife: Double = 64) {
        precondition(halfLife > 0, "a use ages")
        self.halfLife = halfLife
    }

    public mutating func note(_ experts: [Int], of layer: Int) {
        let pass = passes[layer, default: 0]
        passes[layer] = pass + 1
        let use = Double(pass) / halfLife
        for expert in experts {
            let key = ExpertKey(layer: layer, expert: expert)
            let old = level[key]
            let (high, low) = (max(old, use), min(old, use))
            level[key] = high + log2(1 + exp2(low - high))
        }
    }

    public func worth(of key: ExpertKey) -> Double { level[key] }
}
