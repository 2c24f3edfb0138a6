/// What a client puts in `model`: how experts are chosen, how their answers become one, and what that may cost.
public struct Route: Sendable, Hashable {
    public var name: RouteName
    public var routing: RoutingPlan
    public var aggregation: AggregationPlan
    public var budget: Budget
    /// Asked when nobody suits or all fail.
    public var fallback: ExpertID?
    /// Only these experts take part; empty for all.
    public var experts: [ExpertID]
    /// Further tries for one question, over all its experts together; nil for as many as its most patient expert allows.
    public var retries: Int?
    /// When another expert is asked beside a slow one; nil for never.
    public var hedge: HedgePolicy?

    public init(
        name: RouteName, routing: RoutingPlan = RoutingPlan(), aggregation: AggregationPlan = AggregationPlan(),
        budget: Budget = .unlimited, fallback: ExpertID? = nil, experts: [ExpertID] = [], retries: Int? = nil,
        hedge: HedgePolicy? = nil
    ) {
        self.name = name
        self.routing = routing
        self.aggregation = aggregation
        self.budget = budget
        self.fallback = fallback
        self.experts = experts
        self.retries = retries
        self.hedge = hedge
    }
}

/// An entry of `routing:`: a strategy and its settings.
public struct RoutingPlan: Sendable, Hashable {
    /// The strategies that the configuration knows.
    public enum Strategy: String, Sendable, Hashable, CaseIterable {
        /// Symbolic-MoE: seats drawn by suitability.
        case skill
        /// One seat for the best accuracy that is worth its price.
        case value
        /// Named experts, always the same.
        case fixed
        /// A seeded random choice: the baseline.
        case random
    }

    /// How seats are filled from suitabilities.
    public enum Draw: String, Sendable, Hashable, CaseIterable {
        /// At random in proportion to suitability (the paper).
        case weighted
        /// The most suitable ones.
        case top
    }

    /// How local suitability and general strength become probabilities; the released code and its reviewers differ.
    public enum Normaliser: String, Sendable, Hashable, CaseIterable {
        /// Strength as a power share (temperature 0.5), probabilities linear in local × strength: the authors' code.
        case powerGammaLinear = "power_gamma_linear"
        /// Softmax of local × strength at temperature 0.5: as reviewers restate the paper.
        case softmax
    }

    public var strategy: Strategy
    public var seats: Int
    public var draw: Draw
    /// Whether one expert may hold several seats, as in the authors' code.
    public var repeats: Bool
    public var normaliser: Normaliser
    /// Nil for a new seed each time; it is traced.
    public var seed: UInt64?
    /// `fixed`: who sits, in order.
    public var members: [ExpertID]
    /// `value`: accuracy points that the dearest expert's price must be worth, 0...1.
    public var priceWeight: Double
    /// In batches, experts below this share of all seats lose them; 0 as in the authors' code, 0.05 in their text.
    public var trim: Double

    public init(
        strategy: Strategy = .skill, seats: Int = 3, draw: Draw = .weighted, repeats: Bool = true,
        normaliser: Normaliser = .powerGammaLinear, seed: UInt64? = nil, members: [ExpertID] = [],
        priceWeight: Double = 0.2, trim: Double = 0
    ) {
        self.strategy = strategy
        self.seats = seats
        self.draw = draw
        self.repeats = repeats
        self.normaliser = normaliser
        self.seed = seed
        self.members = members
        self.priceWeight = priceWeight
        self.trim = trim
    }
}

/// An entry of `aggregation:`.
public struct AggregationPlan: Sendable, Hashable {
    /// The methods that the configuration knows.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// The answer most experts gave.
        case vote
        /// One expert writes a new answer from all.
        case synthesis
    }

    /// What a vote weighs.
    public enum Weights: String, Sendable, Hashable, CaseIterable {
        case equal
        case suitability
    }

    public var method: Method
    public var weights: Weights
    /// `synthesis`: who writes; nil for the one chosen on validation data, else the strongest.
    public var writer: ExpertID?

    public init(method: Method = .vote, weights: Weights = .equal, writer: ExpertID? = nil) {
        self.method = method
        self.weights = weights
        self.writer = writer
    }
}
