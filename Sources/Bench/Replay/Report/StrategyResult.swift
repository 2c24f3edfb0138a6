extension ReplayReport {
    /// What one strategy did with one number of seats.
    public struct StrategyResult: Sendable, Codable {
        public var strategy: String
        public var seats: Int
        public var aggregation: String
        /// Whether it saw what no router may see: a mark to measure by.
        public var isYardstick: Bool
        public var accuracy: Double
        /// 95 % bootstrap interval of the accuracy.
        public var interval: Interval
        /// Accuracy minus the best single's, over the questions that both were asked, and its paired 95 % interval.
        public var gain: Double
        public var gainInterval: Interval
        public var callsPerQuestion: Double
        /// Nil where a called expert's price is not recorded.
        public var usdPerQuestion: Double?
        /// Billions of parameters that worked on a question, mean over questions, summed over its calls; nil if unknown.
        public var activeParameters: Double?
        public var oracleGapClosed: Double?
        /// Accuracy by the best single's (arXiv:2503.10657, V_B); nil where that one is never right.
        public var relativeToBest: Double?
        /// Entropy of the seats' experts in bits (arXiv:2503.10657, E_p).
        public var pickEntropy: Double
        /// Share of all seats, by expert; experts that were never asked are left out.
        public var picks: [String: Double]
        public var categories: [CategoryResult]
        /// Only where two experts compete.
        public var strongWeak: StrongWeakResult?
        /// Only where the strategy guesses categories.
        public var confusion: Confusion?
        public var trainingSeconds: Double
        /// Median time of a decision after embedding, in milliseconds.
        public var decisionMilliseconds: Double
    }

    /// How a strategy did on the questions of one true category, beside the best single and the oracle.
    public struct CategoryResult: Sendable, Codable {
        public var category: String
        public var questions: Int
        public var accuracy: Double
        public var bestSingle: Double
        public var oracle: Double
    }

    /// How often each true category was taken for each other one, `[true × guessed]` counts.
    public struct Confusion: Sendable, Codable {
        public var categories: [String]
        public var counts: [Int]
    }
}
