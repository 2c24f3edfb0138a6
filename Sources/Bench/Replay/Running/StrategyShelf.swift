import Aggregation
import Core
public import Routing

/// The strategies and vote rules that commands know by name.
public enum StrategyShelf {
    /// A strategy with one line about it.
    public struct Entry: Sendable {
        public var contestant: Contestant
        public var summary: String

        init(_ contestant: Contestant, _ summary: String) {
            self.contestant = contestant
            self.summary = summary
        }
    }

    /// What is replayed if nobody says.
    public static let usual = ["random", "best-single", "best-per-category", "oracle", "coe-knn", "knn", "blend"]
    /// How answers are aggregated if nobody says.
    public static let usualVote = "posterior"

    /// Every strategy, yardsticks first.
    ///
    /// - Parameter budget: what compositions may take.
    public static func entries(budget: CompositionBudget? = nil) -> [Entry] {
        [
            Entry(.learner(RandomChoice()), "an expert by lot"),
            Entry(.learner(CheapestExpert()), "the cheapest, or the smallest, expert"),
            Entry(.learner(BestSingle()), "the best expert, whatever the question"),
            Entry(.learner(BestPerCategory()), "the best expert of the true category, which no service knows"),
            Entry(.oracle, "an expert that will be right, if there is one"),
            Entry(.learner(SkillProfile()), "Symbolic-MoE as released"),
            Entry(.learner(RestatedSkillProfile()), "Symbolic-MoE as its reviewers restate it"),
            Entry(.learner(ShrunkenSkillProfile()), "skill profiles with shrunken counts"),
            Entry(
                .learner(CompositionOfExperts(classifier: NeighbourCategories(), budget: budget)),
                "Composition of Experts, categories by nearest neighbours"),
            Entry(
                .learner(CompositionOfExperts(classifier: LogisticCategories(), budget: budget)),
                "Composition of Experts, categories by logistic regression"),
            Entry(
                .learner(CompositionOfExperts(classifier: NetworkCategories(), budget: budget)),
                "Composition of Experts, categories by a network of one hidden layer"),
            Entry(.learner(NeighbourRouter()), "who did well on the most similar questions"),
            Entry(.learner(RidgeRouter()), "straight lines in meaning and text measures, one for each expert"),
            Entry(.learner(SoftCategoryRouter()), "who is good in the categories it may belong to"),
            Entry(.learner(BlendedRouter()), "the mean of soft-category, knn and ridge: ours"),
            Entry(.learner(ClusterRouter()), "who ranks well in the nearest clusters (Avengers)"),
            Entry(.learner(ThriftyClusterRouter()), "the same against price (Avengers-Pro)"),
            Entry(.learner(MatrixFactorisation()), "two experts: matrix factorisation of who beats whom (RouteLLM)"),
            Entry(
                .learner(SimilarityWeightedRanking()), "two experts: Bradley-Terry weighted by similarity (RouteLLM)"),
            Entry(.learner(FrugalCascade()), "cheapest first, until a scorer accepts (FrugalGPT)"),
            Entry(.learner(AutoMix()), "cheapest first, until others agree (AutoMix)"),
            Entry(.learner(ThompsonSampling()), "learns as it goes, from its own outcomes alone"),
            Entry(.learner(ItemResponseRouter(dimensions: 1)), "item response theory, one ability"),
            Entry(.learner(ItemResponseRouter(dimensions: 2)), "item response theory, two abilities"),
        ]
    }

    /// The strategy of this name, in any case.
    ///
    /// - Throws: a `Fault` that names the nearest.
    public static func contestant(named name: String, budget: CompositionBudget? = nil) throws -> Contestant {
        let known = entries(budget: budget).map(\.contestant)
        let wanted = aliases[name.lowercased()] ?? name.lowercased()
        if let found = known.first(where: { $0.name == wanted }) { return found }
        if let open = wanted.firstIndex(of: "("), wanted.hasSuffix(")") {
            let inner = String(wanted[wanted.index(after: open)...].dropLast())
            guard let wrap = wrappers.first(where: { $0.name == wanted[..<open] })?.wrap else {
                throw Fault.unknown(
                    .invalidSettings, "wrapper", named: String(wanted[..<open]), among: wrappers.map(\.name),
                    hint: "muster replay --list shows all")
            }
            guard case .learner(let learner) = try contestant(named: inner, budget: budget) else {
                throw Fault(.invalidSettings, "strategy \"\(name)\"", "\(inner) is a yardstick and cannot be wrapped")
            }
            return .learner(wrap(learner))
        }
        throw Fault.unknown(
            .invalidSettings, "strategy", named: name, among: known.map(\.name), hint: "muster replay --list shows all")
    }

    /// Gates that seat otherwise what another strategy expects, with one line about each: `confident(knn)`.
    public static let wrappers:
        [(name: String, summary: String, wrap: @Sendable (any RouterLearner) -> any RouterLearner)] = [
            (
                "confident", "few seats where somebody is likely right, more where nobody is (top-p)",
                { ConfidentSeats($0) }
            ),
            ("sparing", "leaves seats empty where they add least (null experts)", { SparingSeats($0) }),
            ("balanced", "no expert holds more than a share of the seats (selection bias)", { BalancedSeats($0) }),
            ("spread", "seats of different families of models (groups)", { SpreadSeats($0) }),
            ("smoothed", "expects alike of like questions (similarity)", { SmoothedScores($0) }),
            ("thrifty", "half the best single's cost, where it is worth least", { ThriftySeats($0) }),
        ]

    /// The way to aggregate of this name.
    public static func vote(named name: String) throws -> VoteChoice {
        if let found = votes.first(where: { $0.vote.name == name.lowercased() }) { return found.vote }
        throw Fault.unknown(
            .invalidSettings, "aggregation", named: name, among: votes.map(\.vote.name),
            hint: "muster replay --list shows all")
    }

    /// Every way to aggregate, with one line about it.
    public static let votes: [(vote: VoteChoice, summary: String)] = [
        (.rule(MajorityRule()), "every answer counts the same"),
        (.rule(SuitabilityRule()), "answers count by how well their experts suit"),
        (.rule(PosteriorRule()), "answers count by the log-odds that their experts are right"),
        (
            .rule(RecalibratedConfidenceRule()),
            "answers count by what their experts say of their own certainty (ReConcile)"
        ),
        (.learned, "weights learned from earlier votes"),
    ]

    /// Names that people know from the papers.
    private static let aliases = [
        "symbolic-moe": "skill", "skill-moe": "skill", "coe": "coe-logistic", "composition": "coe-logistic",
        "nearest": "knn", "avengers": "clusters", "avengers-pro": "clusters-pro", "irt": "irt-2d",
        "best": "best-single",
        "category": "best-per-category",
    ]

    /// `40B`: parameters of all experts that are held; `0.002` or `$0.002`: dollars a question.
    public static func budget(written text: String) throws -> CompositionBudget {
        let bare = text.hasPrefix("$") ? text.dropFirst() : text[...]
        if text.lowercased().hasSuffix("b"), let billions = Double(text.dropLast()), billions > 0 {
            return .parameters(billions)
        }
        if let dollars = Double(bare), dollars > 0, dollars.isFinite { return .dollars(dollars) }
        throw Fault(
            .invalidSettings, "--budget", "\"\(text)\" is no budget",
            expected: "Parameters of all experts that are held, such as 40B, or dollars a question, such as 0.002")
    }
}
