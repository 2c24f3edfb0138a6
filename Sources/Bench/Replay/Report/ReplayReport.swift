/// What a replay found: the object that `muster replay --json` prints and that the page and the table are made of.
public struct ReplayReport: Sendable, Codable {
    /// What was replayed, and the command that did it.
    public var files: [String]
    public var command: String
    public var questions: Int
    /// How many experts could be recruited.
    public var experts: Int
    public var expertNames: [String]
    public var folds: Int
    public var seed: UInt64
    public var embedder: String
    public var bestSingle: Yardstick
    /// The mean score of an expert drawn by lot.
    public var random: Double
    /// The mean score of the best expert of each true category, chosen by other questions; nil without categories.
    public var bestPerCategory: Double?
    /// The share of questions that any expert answered right: what no router can pass.
    public var oracle: Double
    public var results: [StrategyResult]
    /// Nil if no cost is known of any single expert.
    public var costQuality: CostQuality?
    public var gap: [Gap]
    public var worth: Worth

    /// The best expert over all questions, asked alone. It is chosen with hindsight, which makes it hard to beat.
    public struct Yardstick: Sendable, Codable {
        public var expert: String
        public var accuracy: Double
        public var usdPerQuestion: Double?
        /// Billions of parameters that work on a token; nil if unknown.
        public var activeParameters: Double?
    }
}
