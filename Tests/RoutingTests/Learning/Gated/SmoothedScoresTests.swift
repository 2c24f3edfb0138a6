import Core
import Routing
import Testing

struct SmoothedScoresTests {
    private func evidence(_ vectors: [[Float]]) -> Evidence {
        Evidence(
            experts: [.init(id: "a"), .init(id: "b")], views: vectors.map { QuestionView(vector: $0) },
            categories: vectors.map { _ in nil }, scores: vectors.flatMap { $0.map { _ in 0 } })
    }

    /// One training question (0.2, 0.8), so it is the whole mean: half of 0.6 and of 0.2 is 0.4, half of 0.5 and 0.8 0.65.
    @Test func theNeighboursHaveTheirPart() throws {
        let router = try SmoothedScores(KnownLearner(), mix: 0.5).learn(from: evidence([[0.2, 0.8]]), seed: 1)
        let smooth = router.expectations(for: QuestionView(vector: [0.6, 0.5]))
        #expect(abs(smooth[0] - 0.4) < 1e-6 && abs(smooth[1] - 0.65) < 1e-6)
        var random = SeededRandom(seed: 1)
        #expect(try router.recruit(for: QuestionView(vector: [0.6, 0.5]), seats: 1, using: &random).experts == [1])
    }

    /// Law: what comes out lies between the least and the most that anybody expects.
    @Test func smoothingIsAMean() throws {
        var random = SeededRandom(seed: 4)
        let vectors = (0..<40).map { _ in [Float(random.unit()), Float(random.unit())] }
        let router = try SmoothedScores(KnownLearner(), mix: 1, temperature: 0.1).learn(
            from: evidence(vectors), seed: 1)
        for vector in vectors {
            let smooth = router.expectations(for: QuestionView(vector: vector))
            for expert in 0..<2 {
                let all = vectors.map { $0[expert] }
                #expect(smooth[expert] >= (all.min() ?? 0) - 1e-6 && smooth[expert] <= (all.max() ?? 1) + 1e-6)
            }
        }
    }

    @Test func vectorsOfTwoLengthsAreRefused() {
        #expect(throws: Fault.self) {
            try SmoothedScores(KnownLearner()).learn(from: evidence([[1, 0], [1, 0]]).widened, seed: 1)
        }
    }
}

extension Evidence {
    /// The same with a longer vector in the last question.
    fileprivate var widened: Evidence {
        var views = views
        views[views.count - 1].vector.append(0)
        return Evidence(experts: experts, views: views, categories: categories, scores: scores)
    }
}
