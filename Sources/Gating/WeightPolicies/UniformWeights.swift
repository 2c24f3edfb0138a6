/// Gives every seat of a row the same weight, whatever the scores were.
///
/// `w_i = 1 / seats`. A plain vote; after a draw with replacement an expert's seats add up to its part of the draws.
public struct UniformWeights: WeightPolicy {
    /// The policy without a setting.
    public init() {}

    public func weigh(_ weights: inout MutableSpan<Float>) {
        let equal = 1 / Float(weights.count)
        for seat in weights.indices {
            weights[seat] = equal
        }
    }
}
