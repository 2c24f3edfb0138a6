import Core
import Routing
import Support
import Testing

struct RandomChoiceTests {
    private let view = QuestionView(vector: [1])

    /// Chi-square of 3,000 first seats over three experts, two degrees of freedom; 13.8 is the 0.1 % point.
    @Test func everyExpertIsAsLikely() throws {
        let router = try RandomChoice().learn(from: MadeUpEvidence.evidence(), seed: 1)
        var random = SeededRandom(seed: 5)
        var counts = [0.0, 0, 0]
        for _ in 0..<3_000 {
            let plan = try router.recruit(for: view, seats: 1, using: &random)
            #expect(plan.probabilities == [1.0 / 3])
            counts[try #require(plan.experts.first)] += 1
        }
        #expect(counts.reduce(0) { $0 + ($1 - 1_000) * ($1 - 1_000) / 1_000 } < 13.8)
    }

    /// The second of three different experts is one of the two left, the third the only one.
    @Test func severalSeatsGoToDifferentExperts() throws {
        let router = try RandomChoice().learn(from: MadeUpEvidence.evidence(), seed: 1)
        var random = SeededRandom(seed: 6)
        for _ in 0..<100 {
            let plan = try router.recruit(for: view, seats: 3, using: &random)
            #expect(plan.experts.sorted() == [0, 1, 2])
            #expect(plan.probabilities == [1.0 / 3, 1.0 / 2, 1])
        }
    }

    @Test func neverSeatsAnExpertThatCannotBeAsked() throws {
        let router = try RandomChoice().learn(from: MadeUpEvidence.evidence(), seed: 1)
        var random = SeededRandom(seed: 7)
        var closed = view
        closed.isOpen = [true, false, true]
        for _ in 0..<100 {
            let plan = try router.recruit(for: closed, seats: 2, using: &random)
            #expect(plan.experts.sorted() == [0, 2])
            #expect(plan.expected[1].isNaN)
        }
    }
}
