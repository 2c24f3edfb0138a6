/// Gives up the weight expert that will be needed latest (Belady's rule), which takes a record of the future.
///
/// No policy reads less where all experts are of one size and those of a pass fit together: a yardstick for the
/// others, not something to run with. Source: Belady, IBM Systems Journal 5(2), 1966.
public struct FarthestNextUse: EvictionPolicy {
    // By expert, which passes through layers will need it, ascending; a pass through n layers counts n.
    private var uses = ExpertTable<[Int]>(missing: [])
    private var passed = 0

    /// The future that `trace` recorded, run in passes of so many tokens: a prompt's all together, then one by one.
    ///
    /// Passes behind the trace's end need nothing. A run that goes another way gets no wrong results, only poor advice.
    public init(of trace: RoutingTrace, passes: [Int]) {
        var token = 0
        var passed = 0
        for tokens in passes {
            for (index, layer) in trace.layers.enumerated() where trace.expertCounts[index] > 0 {
                let inTrace = min(token, layer.tokens)..<min(token + tokens, layer.tokens)
                for expert in Set(inTrace.flatMap { layer.experts(of: $0) }) {
                    uses[ExpertKey(layer: index, expert: Int(expert))].append(passed)
                }
                passed += 1
            }
            token += tokens
        }
    }

    public mutating func note(_ experts: [Int], of layer: Int) { passed += 1 }

    public func worth(of key: ExpertKey) -> Double {
        let uses = uses[key]
        // The first use from now on, by bisection.
        var (low, high) = (0, uses.count)
        while low < high {
            let middle = (low + high) / 2
            if uses[middle] < passed { low = middle + 1 } else { high = middle }
        }
        return low < uses.count ? -Double(uses[low]) : -.infinity
    }
}
