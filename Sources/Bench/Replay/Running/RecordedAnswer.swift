import Routing

/// What the record says of one call.
struct RecordedAnswer: Sendable {
    var expert: Int
    /// 0...1.
    var score: Float
    var heard: HeardAnswer
    /// The recorded price of this call, else the expert's mean; NaN where neither is known.
    var dollars: Float
    /// Billions; NaN where unknown.
    var activeParameters: Float

    /// Equal numbers are equal answers; −1 if none was recorded.
    var answer: Int32 { heard.answer }

    init(_ outcome: OutcomeTable.Outcome, of expert: Int, known: Evidence.Expert) {
        self.expert = expert
        score = outcome.score
        heard = HeardAnswer(
            expert: expert, answer: outcome.answer, confidence: outcome.confidence.isNaN ? nil : outcome.confidence)
        dollars = outcome.dollars.isNaN ? Float(known.dollars ?? .nan) : outcome.dollars
        activeParameters = Float(known.activeParameters ?? .nan)
    }
}
