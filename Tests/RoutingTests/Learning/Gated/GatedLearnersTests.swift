import Core
import Routing
import Testing

/// Laws that hold for every learner that wraps another.
struct GatedLearnersTests {
    private let evidence = Evidence.known(experts: ["gpt-4", "gpt-3.5", "gemma-7b", "Yi-6B", "Yi-34B"])

    /// Each with its knob turned off.
    private static let off: [any RouterLearner] = [
        ConfidentSeats(KnownLearner(), goal: 1), SparingSeats(KnownLearner(), share: 1),
        BalancedSeats(KnownLearner(), mostShare: 1), SpreadSeats(KnownLearner(), limit: 9),
        SmoothedScores(KnownLearner(), mix: 0),
    ]

    private static let on: [any RouterLearner] = [
        ConfidentSeats(KnownLearner()), SparingSeats(KnownLearner()), BalancedSeats(KnownLearner()),
        SpreadSeats(KnownLearner()), SmoothedScores(KnownLearner()),
    ]

    @Test(arguments: off)
    func withItsKnobOffItSeatsWhomTheWrappedOneSeats(learner: any RouterLearner) throws {
        for seats in 1...5 {
            #expect(try learner.seated(evidence, seats: seats) == KnownLearner().seated(evidence, seats: seats))
        }
    }

    @Test(arguments: on)
    func seatsAreLimitedAndNobodySitsTwiceOrClosed(learner: any RouterLearner) throws {
        let router = try learner.learn(from: evidence, seed: 1)
        var random = SeededRandom(seed: 2)
        for (index, view) in evidence.views.prefix(100).enumerated() {
            var view = view
            view.isOpen = (0..<5).map { $0 != index % 5 }
            let plan = try router.recruit(for: view, seats: 3, using: &random)
            #expect((1...3).contains(plan.experts.count))
            #expect(Set(plan.experts).count == plan.experts.count)
            #expect(!plan.experts.contains(index % 5))
            #expect(plan.expected.count == 5 && plan.probabilities.count == plan.experts.count)
        }
    }

    @Test(arguments: zip(on, ["confident", "sparing", "balanced", "spread", "smoothed"]))
    func itsNameSaysWhatItWraps(learner: any RouterLearner, word: String) throws {
        #expect(learner.name == "\(word)(known)" && !learner.seesCategory)
        let router = try learner.learn(from: evidence, seed: 1)
        let plan = SeatPlan(experts: [0], expected: [])
        #expect(router.isEnough([HeardAnswer(expert: 0, answer: 1)], of: plan, for: evidence.views[0]))
        #expect(!router.isEnough([], of: plan, for: evidence.views[0]))
    }

    @Test func onlySmoothingChangesWhatIsExpected() throws {
        let view = evidence.views[7]
        for learner in Self.on.dropLast() {
            #expect(try learner.learn(from: evidence, seed: 1).expectations(for: view) == view.vector)
        }
    }
}
