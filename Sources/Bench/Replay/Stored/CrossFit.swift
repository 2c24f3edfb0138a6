import Core

/// A feedback model for each judged trace that has not seen its question, so that no trace vouches for itself.
///
/// Source: cross-fitting as in Chernozhukov et al., arXiv:1608.00060, section 3, with five parts. Traces of the same
/// question stay in one part.
struct CrossFit {
    private static let parts = 5

    private let models: [FeedbackModel]
    private let partOfQuestion: [String: Int]

    init(_ judged: [JudgedTrace], seed: UInt64) {
        var questions = Set(judged.map(\.trace.question)).sorted()
        var random = SeededRandom(seed: seed)
        random.shuffle(&questions)
        let part = Dictionary(uniqueKeysWithValues: questions.enumerated().map { ($1, $0 % Self.parts) })
        models = (0..<Self.parts).map { left in
            FeedbackModel(learningFrom: judged.filter { part[$0.trace.question] != left })
        }
        partOfQuestion = part
    }

    /// The model for a trace of those that were fitted.
    func model(for trace: Trace) -> FeedbackModel { models[partOfQuestion[trace.question] ?? 0] }
}
