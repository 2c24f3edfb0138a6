/// Reads weight experts before a pass needs them.
protocol ExpertPrefetching {
    /// Starts to read `experts` of `layer` on another thread and returns at once. What does not fit beside what is lent
    /// and what was asked for before is left out, and so is what the layer has by then been passed without.
    func prefetch(layer: Int, experts: [Int])
}
