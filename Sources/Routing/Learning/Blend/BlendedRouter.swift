import Core

/// Expects what several routers expect in the mean, since each is wrong in its own way.
///
///     expected(e) = 1/n Σ_i expected_i(e)
///
/// By default: categories believed softly, many nearest neighbours, and straight lines in meaning and measures. Ours. On
/// recorded outcomes no single router leads everywhere (arXiv:2606.07587 finds 21 of them in a narrow band); the mean
/// of these three is at or near the best of them on every file we have, with one setting for all.
public struct BlendedRouter: RouterLearner {
    public let name: String
    private let parts: [any RouterLearner]

    public init(
        _ parts: [any RouterLearner] = [
            SoftCategoryRouter(), NeighbourRouter(neighbours: 300, shrinkage: 10), RidgeRouter(),
        ],
        name: String = "blend"
    ) {
        precondition(!parts.isEmpty, "a blend has parts")
        self.parts = parts
        self.name = name
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        Blended(parts: try parts.map { try $0.learn(from: evidence, seed: seed) })
    }
}

private struct Blended: LearnedRouter, CategoryGuessing {
    let parts: [any LearnedRouter]

    private var guessing: (any CategoryGuessing)? { parts.lazy.compactMap { $0 as? any CategoryGuessing }.first }

    var categoryNames: [String] { guessing?.categoryNames ?? [] }

    func categoryProbabilities(for view: QuestionView) -> [Float] { guessing?.categoryProbabilities(for: view) ?? [] }

    /// A part that expects nothing of an expert (NaN) is left out for it.
    func expectations(for view: QuestionView) -> [Float] {
        var sums: [Float] = []
        var counts: [Float] = []
        for part in parts {
            let expected = part.expectations(for: view)
            if sums.isEmpty {
                sums = expected.map { _ in 0 }
                counts = sums
            }
            for (expert, value) in expected.enumerated() where !value.isNaN {
                sums[expert] += value
                counts[expert] += 1
            }
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : .nan }
    }
}
