/// Which experts were chosen for a question, and every number the choice rests on.
public struct Recruitment: Sendable, Hashable, Codable {
    /// One place in a recruitment. The same expert may hold several; each is asked for its own answer.
    public struct Seat: Sendable, Hashable, Codable {
        public var expert: ExpertID
        /// The probability with which this draw, given those before it, falls on this expert; 1 where chance has no part.
        public var probability: Double

        public init(expert: ExpertID, probability: Double) {
            self.expert = expert
            self.probability = probability
        }
    }

    /// How well one expert fits the question.
    public struct Suitability: Sendable, Hashable, Codable {
        public var expert: ExpertID
        /// Sum of its competencies in the needed skills (arXiv:2503.05641, s_m).
        public var local: Double
        /// Its share of general strength (arXiv:2503.05641, gamma_m).
        public var strength: Double
        /// What the draw was weighted with.
        public var weight: Double
        /// The weight as a share of all.
        public var probability: Double

        public init(expert: ExpertID, local: Double, strength: Double, weight: Double, probability: Double) {
            self.expert = expert
            self.local = local
            self.strength = strength
            self.weight = weight
            self.probability = probability
        }
    }

    /// An expert that could not be considered, and why.
    public struct Exclusion: Sendable, Hashable, Codable {
        public var expert: ExpertID
        public var because: String

        public init(expert: ExpertID, because: String) {
            self.expert = expert
            self.because = because
        }
    }

    /// Whether the seats are asked together or in turn.
    public enum Form: String, Sendable, Hashable, Codable { case panel, ladder }

    public var strategy: String
    public var form: Form
    /// In the order they were drawn.
    public var seats: [Seat]
    /// All experts that were considered, best first.
    public var suitabilities: [Suitability]
    public var excluded: [Exclusion]
    /// Repeats the draw; below 2^53, so that JSON readers keep it whole.
    public var seed: UInt64
    /// The reason in words.
    public var reason: String

    public init(
        strategy: String, form: Form = .panel, seats: [Seat], suitabilities: [Suitability] = [],
        excluded: [Exclusion] = [], seed: UInt64, reason: String
    ) {
        self.strategy = strategy
        self.form = form
        self.seats = seats
        self.suitabilities = suitabilities
        self.excluded = excluded
        self.seed = seed
        self.reason = reason
    }

    /// The distinct experts, in the order of their first seat.
    public var experts: [ExpertID] {
        var seen: Set<ExpertID> = []
        return seats.map(\.expert).filter { seen.insert($0).inserted }
    }
}
