/// A decision that was really made and what came of it, with what a new policy would have done there.
package struct LoggedDecision: Sendable, Hashable {
    /// The expert that was asked.
    package var action: Int
    /// The probability with which it was drawn, above 0 and at most 1.
    package var probability: Double
    /// How good its answer was, 0...1.
    package var reward: Double
    /// The probability with which the new policy would have asked the same expert.
    package var newProbability: Double
    /// What a model expected of this expert here; nil without a model.
    package var expected: Double?
    /// What the model expects of the new policy here: Σ over experts of its probability times the expert's expectation.
    package var expectedOfPolicy: Double?

    package init(
        action: Int, probability: Double, reward: Double, newProbability: Double, expected: Double? = nil,
        expectedOfPolicy: Double? = nil
    ) {
        self.action = action
        self.probability = probability
        self.reward = reward
        self.newProbability = newProbability
        self.expected = expected
        self.expectedOfPolicy = expectedOfPolicy
    }

    /// Whether its numbers are probabilities and finite rewards: a row that is not cannot be weighed.
    var isUsable: Bool {
        probability > 0 && probability <= 1 && (0...1).contains(newProbability) && reward.isFinite
    }

    /// How much more often the new policy would have done the same.
    var weight: Double { newProbability / probability }
}
