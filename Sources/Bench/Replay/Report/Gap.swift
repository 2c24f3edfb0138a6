extension ReplayReport {
    /// How far a strategy is from the oracle, and why; the three parts add up to the whole.
    public struct Gap: Sendable, Codable {
        public var strategy: String
        public var seats: Int
        /// Oracle minus accuracy.
        public var toOracle: Double
        /// What always knowing the true category would give back; negative where the strategy knows more than that.
        /// Nil without categories.
        public var categoryConfusion: Double?
        /// What the true means on groups of similar questions would give beyond it; nil if nobody grouped them.
        public var calibration: Double?
        /// The rest: what no router can know that tells questions apart by these groups.
        public var noise: Double
        /// Mean squared error of the expectation of the answer that stood; nil if the strategy expects nothing.
        public var brier: Double?
        /// The part of it that better calibrated expectations would remove.
        public var reliability: Double?
        public var sentence: String
    }
}
