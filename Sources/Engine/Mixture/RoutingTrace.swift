/// Which weight experts served each token of a sequence, layer by layer, and with what weight.
///
/// Tokens are in their order. A layer without experts has no entries. This one record is what placement, pruning,
/// prefetching and reports are worked out from.
public struct RoutingTrace: Equatable, Sendable {
    /// The choices of one layer, in compressed rows.
    public struct Layer: Equatable, Sendable {
        /// Where each token begins, `[tokens + 1]`.
        public internal(set) var rowStart: [Int] = [0]

        /// The expert on each seat, best first.
        public internal(set) var expert: [UInt16] = []

        /// The weight of each seat.
        public internal(set) var weight: [Float] = []

        /// Tokens that are recorded.
        public var tokens: Int { rowStart.count - 1 }

        /// Adds the next token, which these experts serve with these weights.
        package mutating func append(experts: some Sequence<UInt16>, weights: some Sequence<Float>) {
            expert.append(contentsOf: experts)
            weight.append(contentsOf: weights)
            precondition(expert.count == weight.count, "one weight for each expert")
            rowStart.append(expert.count)
        }

        /// The experts of one token, best first.
        public func experts(of token: Int) -> ArraySlice<UInt16> { expert[rowStart[token]..<rowStart[token + 1]] }

        /// The weights of one token, in the same order.
        public func weights(of token: Int) -> ArraySlice<Float> { weight[rowStart[token]..<rowStart[token + 1]] }
    }

    /// Weight experts of each layer of the model, 0 where it has none.
    public let expertCounts: [Int]

    /// By layer of the model.
    public package(set) var layers: [Layer]

    /// Tokens that came when the record was full; they are not in it.
    public package(set) var dropped = 0

    /// Nothing yet, for a model with these experts in its layers.
    public init(expertCounts: [Int]) {
        self.expertCounts = expertCounts
        layers = expertCounts.map { _ in Layer() }
    }
}
