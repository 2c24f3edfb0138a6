import Core

/// Composition of Experts: guess the question's category, and ask the expert that serves it.
///
///     q → category (a classifier) → expert (the mapping that loses least within a budget)
///
/// Source: Composition of Experts, arXiv:2412.01868. Its two steps are the authors'; how each is done here is our
/// reconstruction, since only the abstract and other people's notes could be read:
/// - losses are 1 − mean score of an expert in a category, drawn towards its overall mean (`ShrunkenMeans`), where the
///   authors ask a judge for win rates;
/// - `CategoryTrainer`, `SemiSupervisedLabels`, `UncertaintyThreshold` and `CompositionProblem` say what they do;
/// - the general category is one more line of the mapping, whose losses are the overall ones. It is served by the best
///   generalist of those held, and takes the questions whose guess is too unsure.
/// Expected of an expert is the mean of its category means, weighted by the probabilities of the categories.
public struct CompositionOfExperts: RouterLearner {
    /// `coe-` and the name of the classifier.
    public let name: String
    private let trainer: any CategoryTrainer
    private let budget: CompositionBudget?
    private let parameterPrice: Double
    private let semiSupervised: SemiSupervisedLabels
    private let heldOut: Double

    /// - Parameters:
    ///   - classifier: how categories are guessed.
    ///   - budget: what the experts may take; nil for no limit.
    ///   - parameterPrice: λ, the loss that a billion active parameters is worth.
    ///   - heldOut: the share of the evidence on which the threshold of uncertainty is swept; 0 for none, and then no
    ///     guess is too unsure.
    public init(
        classifier: any CategoryTrainer, budget: CompositionBudget? = nil, parameterPrice: Double = 0,
        semiSupervised: SemiSupervisedLabels = SemiSupervisedLabels(), heldOut: Double = 0.2
    ) {
        name = "coe-" + classifier.name
        trainer = classifier
        self.budget = budget
        self.parameterPrice = parameterPrice
        self.semiSupervised = semiSupervised
        self.heldOut = heldOut
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try learnComposition(from: evidence, seed: seed)
    }

    /// The same with its type, for who wants to look inside.
    public func learnComposition(from evidence: Evidence, seed: UInt64) throws -> LearnedComposition {
        try evidence.requireQuestions(for: name)
        let names = evidence.categoryNames
        try check(evidence, names: names)
        let given = evidence.labels(among: names)
        let labels = semiSupervised.filled(given, vectors: evidence.views.map(\.vector), categories: names.count)
        var composition = try fitted(
            to: evidence, questions: Array(evidence.views.indices), labels: labels, names: names, seed: seed)
        var random = SeededRandom(seed: SeededRandom.derived(from: seed, index: 1))
        var order = Array(evidence.views.indices)
        random.shuffle(&order)
        let size = Int(heldOut * Double(order.count))
        let kept = order.dropFirst(size).sorted()
        guard size > 0, kept.contains(where: { labels[$0] != nil }) else { return composition }
        let trial = try fitted(to: evidence, questions: kept, labels: labels, names: names, seed: seed)
        sweep(&composition, by: trial, over: order.prefix(size).sorted(), of: evidence, labels: labels)
        return composition
    }

    private func check(_ evidence: Evidence, names: [String]) throws {
        let missing =
            names.isEmpty
            ? "category" : evidence.views.contains { !$0.vector.isEmpty } ? nil : "vector"
        guard let missing else { return }
        throw Fault(
            .unsupported, name, "no question has a \(missing)",
            expected: "questions with a vector, of which some say what category they are of",
            hint: "Choose a mechanism that needs neither, such as best-single")
    }

    /// Classifier and mapping from some of the questions; nobody is too unsure yet.
    private func fitted(
        to evidence: Evidence, questions: [Int], labels: [Int?], names: [String], seed: UInt64
    ) throws -> LearnedComposition {
        var tally = ScoreTally(groups: names.count, experts: evidence.experts.count)
        // One more than there are categories: the general one.
        var counts = [Int](repeating: 0, count: names.count + 1)
        for question in questions {
            tally.add(evidence.scores(of: question), groups: labels[question].map { [$0] } ?? [])
            counts[labels[question] ?? names.count] += 1
        }
        let means = ShrunkenMeans(tally)
        let problem = CompositionProblem(
            questions: counts, losses: (means.values + means.overall).map { 1 - Double($0) }, experts: evidence.experts,
            parameterPrice: parameterPrice)
        let labelled = questions.filter { labels[$0] != nil }
        let classifier = trainer.train(
            on: labelled.map { evidence.views[$0].vector }, labels: labelled.compactMap { labels[$0] },
            categories: names.count, seed: seed)
        return LearnedComposition(
            categoryNames: names, classifier: classifier, means: means, mapping: try problem.solve(within: budget),
            isLimited: budget.map { if case .parameters = $0 { true } else { false } } ?? false)
    }

    /// Finds the threshold on held-out questions with a composition that has not seen them.
    private func sweep(
        _ composition: inout LearnedComposition, by trial: LearnedComposition, over questions: [Int],
        of evidence: Evidence, labels: [Int?]
    ) {
        var (uncertainties, guessed, general) = ([Double](), [Double](), [Double]())
        for question in questions {
            let probabilities = trial.categoryProbabilities(for: evidence.views[question])
            let scores = Array(evidence.scores(of: question))
            let guess = trial.mapping.experts[probabilities.indexOfLargest]
            // Where one of the two was not asked nothing is lost or won.
            let isKnown = !scores[guess].isNaN && !scores[trial.generalist].isNaN
            uncertainties.append(UncertaintyThreshold.uncertainty(of: probabilities))
            guessed.append(isKnown ? 1 - Double(scores[guess]) : 0)
            general.append(isKnown ? 1 - Double(scores[trial.generalist]) : 0)
        }
        composition.threshold = UncertaintyThreshold(sweeping: uncertainties, guessed: guessed, general: general)
        let pairs = zip(questions, uncertainties)
        composition.outOfScopeSeparation = UncertaintyThreshold.separation(
            inside: pairs.filter { labels[$0.0] != nil }.map(\.1),
            outside: pairs.filter { labels[$0.0] == nil }.map(\.1))
    }
}
