/// Where the weights of a layer's experts come from: memory, or a file of which only part is kept in memory.
protocol ExpertStore: Sendable {
    /// Lends the weights of `experts` of `stack`, the experts of `layer`, each once, in one call of `body` or in several
    /// when not all fit in memory at once.
    func lend(_ stack: ExpertStack, layer: Int, experts: [Int], _ body: ([ExpertWeights]) -> Void)
}
