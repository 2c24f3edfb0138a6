extension ReplayReport {
    /// What each expert and each category is worth.
    public struct Worth: Sendable, Codable {
        /// One for each strategy and number of seats.
        public var regret: [Regret]
        public var experts: [ExpertWorth]
        public var coverage: [Coverage]
    }

    /// Shares of all questions that a strategy lost and somebody simpler would have won.
    public struct Regret: Sendable, Codable {
        public var strategy: String
        public var seats: Int
        public var bestSingleWasRight: Double
        public var randomWasRight: Double
        public var oracleWasRight: Double
        /// The other way round: questions it won and the best single lost.
        public var bestSingleWasWrong: Double
    }

    public struct ExpertWorth: Sendable, Codable {
        public var expert: String
        public var accuracy: Double
        /// Share of questions that only this expert answered right.
        public var aloneRight: Double
        /// By how much the oracle falls without it.
        public var oracleLoss: Double
        /// Share of the seats that it took, over all strategies that can be used.
        public var picks: Double
        /// Share of their decisions whose answer its seat changed; nil if nobody looked.
        public var changedAnswers: Double?
        /// Mean dollars a question that its calls cost them; nil where no price is known.
        public var savedUsdPerQuestion: Double?
        public var sentence: String
    }

    /// Whether anybody is good enough at a category or a skill.
    public struct Coverage: Sendable, Codable {
        public enum Kind: String, Sendable, Codable {
            case category
            case skill
        }

        public var category: String
        public var kind: Kind
        public var questions: Int
        public var bestExpert: String
        public var accuracy: Double
        public var isCovered: Bool
        /// Questions that an expert just at the bar would add to the best one's; 0 where it is covered.
        public var missingQuestions: Double
        public var sentence: String
    }
}
