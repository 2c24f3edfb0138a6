/// What experts have cost since a moment, grouped.
public struct SpendReport: Sendable, Hashable, Codable {
    /// What is added up together.
    public enum Grouping: String, Sendable, Hashable, CaseIterable { case key, expert, route }

    /// One group.
    public struct Line: Sendable, Hashable, Codable {
        /// A key's id, an expert or a route; empty for what was asked with no key of a client.
        public var name: String
        public var questions: Int
        public var calls: Int
        public var promptTokens: Int
        public var completionTokens: Int
        /// By the prices that counted at the time of each call.
        public var dollars: Double
        /// What experts said that their answers cost, of those that say so.
        public var reportedDollars: Double

        public init(
            name: String, questions: Int, calls: Int, promptTokens: Int, completionTokens: Int, dollars: Double,
            reportedDollars: Double
        ) {
            self.name = name
            self.questions = questions
            self.calls = calls
            self.promptTokens = promptTokens
            self.completionTokens = completionTokens
            self.dollars = dollars
            self.reportedDollars = reportedDollars
        }
    }
}

/// A price that an expert has, or had.
public struct PriceRecord: Sendable, Hashable, Codable {
    public var expert: ExpertID
    public var model: String
    public var price: Price
    /// When it was first seen in the configuration.
    public var since: Timestamp

    public init(expert: ExpertID, model: String, price: Price, since: Timestamp) {
        self.expert = expert
        self.model = model
        self.price = price
        self.since = since
    }
}

/// Reads the accounts, and keeps which price counted when.
public protocol PriceStore: Sendable {
    /// One line a group, the dearest first; reaches as far back as traces are kept.
    func spend(by grouping: SpendReport.Grouping, since moment: Timestamp) async throws -> [SpendReport.Line]
    /// Notes prices that are not the last known ones of their experts.
    func note(_ prices: [PriceRecord]) async throws
    /// All prices that were noted, oldest first.
    func prices() async throws -> [PriceRecord]
}
