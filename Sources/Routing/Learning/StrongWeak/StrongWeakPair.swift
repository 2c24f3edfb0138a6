import Core

/// The two experts between whom a threshold decides.
struct StrongWeakPair: Sendable {
    let strong: Int
    let weak: Int

    /// The strong one has the best mean score; the weak one is the cheapest of the others, of equally cheap ones, or where
    /// costs are not known, the best.
    init(of evidence: Evidence, for learner: String) throws(Fault) {
        guard evidence.experts.count >= 2 else {
            throw Fault(
                .unsupported, learner, "there is one expert only",
                expected: "outcomes of a strong expert and of a weak one", hint: "Record another expert's answers")
        }
        let means = evidence.overallMeans
        let costs = (try? evidence.costs(for: learner)) ?? means.map { _ in 0 }
        let best = means.indices.min { (-means[$0], $0) < (-means[$1], $1) } ?? 0
        let others = means.indices.filter { $0 != best }
        strong = best
        weak = others.min { (costs[$0], -means[$0], $0) < (costs[$1], -means[$1], $1) } ?? best
    }
}
