/// Gives up the weight expert whose last use is longest ago (LRU): what served a moment ago may serve again.
public struct LeastRecentlyUsed: EvictionPolicy {
    private var uses = 0
    // The number of each expert's last use, counted over all experts; 0 for never.
    private var lastUse = ExpertTable(missing: 0)

    public init() {}

    public mutating func note(_ experts: [Int], of layer: Int) {
        for expert in experts {
            uses += 1
            lastUse[ExpertKey(layer: layer, expert: expert)] = uses
        }
    }

    public func worth(of key: ExpertKey) -> Double { Double(lastUse[key]) }
}
