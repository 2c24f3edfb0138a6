import Core
import Routing
import Testing

struct ConfidentSeatsTests {
    private func seats(_ expected: [Float], goal: Float, most: Int) throws -> [Int] {
        let evidence = Evidence.known(experts: ["a", "b", "c"], questions: 2)
        let router = try ConfidentSeats(KnownLearner(), goal: goal).learn(from: evidence, seed: 1)
        var random = SeededRandom(seed: 1)
        return try router.recruit(for: QuestionView(vector: expected), seats: most, using: &random).experts
    }

    /// 0.95 alone passes 0.9. 0.8 does not, 1 − 0.2 · 0.4 = 0.92 does. 1 − 0.5³ = 0.875 never does.
    @Test func harderQuestionsRecruitMore() throws {
        #expect(try seats([0.95, 0.6, 0.5], goal: 0.9, most: 3) == [0])
        #expect(try seats([0.6, 0.8, 0.5], goal: 0.9, most: 3) == [1, 0])
        #expect(try seats([0.5, 0.5, 0.5], goal: 0.9, most: 3) == [0, 1, 2])
        #expect(try seats([0.5, 0.5, 0.5], goal: 0.9, most: 2) == [0, 1])
    }

    @Test func whoIsNeverRightOrAlwaysRightDoesNoHarm() throws {
        #expect(try seats([0, 0, 0], goal: 0.9, most: 2) == [0, 1])
        #expect(try seats([.nan, 1, 0.5], goal: 0.9, most: 3) == [1])
        #expect(try seats([.nan, .nan, .nan], goal: 0.9, most: 3) == [])
    }

    /// Law: whoever is seated is the shortest list, best first, whose chance of one being right passes the goal.
    @Test func theListIsTheShortestThatPasses() throws {
        let evidence = Evidence.known(experts: ["a", "b", "c", "d", "e"])
        let router = try ConfidentSeats(KnownLearner(), goal: 0.8).learn(from: evidence, seed: 1)
        var random = SeededRandom(seed: 1)
        for view in evidence.views {
            let plan = try router.recruit(for: view, seats: 4, using: &random)
            func passes(_ experts: some Sequence<Int>) -> Bool {
                1 - experts.reduce(1.0) { $0 * (1 - Double(view.vector[$1])) } > 0.8
            }
            #expect(passes(plan.experts) || plan.experts.count == 4)
            #expect(plan.experts.count == 1 || !passes(plan.experts.dropLast()))
        }
    }
}
