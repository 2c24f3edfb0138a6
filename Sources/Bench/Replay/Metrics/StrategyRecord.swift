/// What one strategy with one number of seats did, question by question, in the order of a `ScoreTable`.
package struct StrategyRecord: Sendable {
    package var strategy: String
    package var seats: Int
    /// How several answers became one.
    package var aggregation: String
    /// Whether it saw what no router may see: a mark to measure by, not a strategy to use.
    package var isYardstick: Bool
    /// How right its answer was, 0...1. `[questions]`
    package var scores: [Float]
    /// Experts asked. `[questions]`
    package var calls: [Float]
    /// NaN where a called expert's price is not known. `[questions]`
    package var dollars: [Float]
    /// Billions, summed over the calls; NaN where one is not known. `[questions]`
    package var activeParameters: [Float]
    /// How far it leaned to the second of exactly two experts; any rising measure. Empty where there are not two.
    package var leans: [Float] = []
    /// The expected score of the expert whose answer stood; NaN if there was none. Empty if it expects nothing.
    package var expectations: [Float] = []
    /// The category it took each question for, as a place in the table's names; −1 for none. Empty if it does not guess.
    package var guesses: [Int32] = []
    /// Seats that each expert took. `[experts]`
    package var picks: [Int]
    /// Questions whose final answer would have been another had the expert's seat stayed empty. `[experts]`; empty if
    /// nobody looked.
    package var changes: [Int] = []
    /// Dollars that went to each expert. `[experts]`; empty if prices are not known.
    package var spent: [Double] = []
    /// Other points of cost and quality of the same strategy, from a sweep of what a dollar is worth to it.
    package var sweep: [CostQualityHull.Point] = []
    package var trainingSeconds: Double = 0
    package var decisionMilliseconds: Double = 0

    package init(
        strategy: String, seats: Int, aggregation: String, isYardstick: Bool = false, scores: [Float], calls: [Float],
        dollars: [Float], activeParameters: [Float], picks: [Int]
    ) {
        self.strategy = strategy
        self.seats = seats
        self.aggregation = aggregation
        self.isYardstick = isYardstick
        self.scores = scores
        self.calls = calls
        self.dollars = dollars
        self.activeParameters = activeParameters
        self.picks = picks
    }

    /// The mean score.
    package var accuracy: Double { ScoreTable.mean(scores) }

    /// The mean of one cost over questions; nil where it is unknown for any of them.
    static func meanIfKnown(_ values: [Float]) -> Double? {
        values.isEmpty || values.contains { $0.isNaN } ? nil : ScoreTable.mean(values)
    }
}
