/// Guesses that the next layer will need the weight experts that it needed in the last pass.
///
/// Helps policies that may have given those up, such as by frequency; what was used last is what `LeastRecentlyUsed`
/// still has.
public struct RepeatedExperts: ExpertPredictor {
    private var last: [Int: [Int]] = [:]

    public init() {}

    public mutating func guess(after layer: Int, experts: [Int]) -> (layer: Int, experts: [Int])? {
        last[layer] = experts
        let next = last.keys.filter { $0 > layer }.min() ?? last.keys.min() ?? layer
        // A model with a single layer of experts has nothing to look ahead to.
        guard next != layer, let experts = last[next] else { return nil }
        return (next, experts)
    }
}
