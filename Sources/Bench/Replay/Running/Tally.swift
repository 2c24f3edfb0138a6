/// What one strategy with one number of seats did, question by question.
struct Tally: Sendable {
    var strategy: String
    var seats: Int
    /// Whether it saw what no router may see.
    var isYardstick = false
    /// 0...1, in the order of the questions.
    var scores: [Float] = []
    var calls: [Float] = []
    /// NaN where a called expert's price is not known.
    var dollars: [Float] = []
    /// Billions, summed over the calls; NaN where one is not known.
    var activeParameters: [Float] = []
    /// How much it leaned to the second of two experts: its expectation of that one minus the other's.
    var leans: [Float] = []
    /// The expectation of the expert that stands for the answer; NaN if it had none.
    var expectations: [Float] = []
    /// The category it took the question for, as a place in the table's list; −1 for none. Empty if it does not guess.
    var guesses: [Int32] = []
    /// Who was heard, in order, and whose answer stood; empty unless decisions are kept.
    var decisions: [Decision] = []
    /// Seats of each expert.
    var picks: [Int]
    /// Questions whose answer would have been another had the expert's seats stayed empty, `[experts]`.
    var changes: [Int]
    /// Dollars that went to each expert, `[experts]`; NaN where a price is not known.
    var spent: [Double]
    var trainingSeconds = 0.0
    var decisionSeconds: [Double] = []

    init(strategy: String, seats: Int, experts: Int) {
        self.strategy = strategy
        self.seats = seats
        picks = [Int](repeating: 0, count: experts)
        changes = picks
        spent = [Double](repeating: 0, count: experts)
    }

    /// Puts the questions of another fold behind these.
    mutating func append(_ other: Tally) {
        scores += other.scores
        calls += other.calls
        dollars += other.dollars
        activeParameters += other.activeParameters
        leans += other.leans
        expectations += other.expectations
        guesses += other.guesses
        decisions += other.decisions
        for expert in picks.indices {
            picks[expert] += other.picks[expert]
            changes[expert] += other.changes[expert]
            spent[expert] += other.spent[expert]
        }
        trainingSeconds += other.trainingSeconds
        decisionSeconds += other.decisionSeconds
    }

    /// One question's decision; experts by their places among those that take part.
    struct Decision: Sendable {
        var heard: [Int32]
        /// −1 if nobody was heard.
        var standing: Int32
    }
}
