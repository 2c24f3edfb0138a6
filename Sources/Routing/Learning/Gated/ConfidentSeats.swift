import Core
private import Gating

/// Asks as few experts as make it likely enough that one of them is right: harder questions recruit more of them.
///
/// Seats are filled best first until `1 − Π_(i seated) (1 − p_i) > goal`, or all are. As a gate that is top-p
/// (`TopP`) over the evidences `s_i = ln(1 − p_i) / ln(1 − goal)`, which pass 1 together exactly then. Source: dynamic
/// routing, where harder tokens recruit more experts (arXiv:2403.07652); there the shares of a softmax are added up. Here
/// scores are chances, so adding up evidence says what is wanted of it, if experts err independently. A goal of 1 is
/// never passed: all seats are filled.
public struct ConfidentSeats: RouterLearner {
    private let base: any RouterLearner
    private let goal: Float

    /// Wraps `base`; `goal` is the chance to pass, above 0 and at most 1.
    public init(_ base: any RouterLearner, goal: Float = 0.9) {
        precondition(goal > 0 && goal <= 1, "the goal of confident seats lies above 0 and is at most 1")
        self.base = base
        self.goal = goal
    }

    public var name: String { "confident(\(base.name))" }

    public var seesCategory: Bool { base.seesCategory }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        ConfidentRouter(inner: try base.learn(from: evidence, seed: seed), goal: goal)
    }
}

private struct ConfidentRouter: GatedRouter {
    let inner: any LearnedRouter
    let goal: Float

    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let expected = view.masked(expectations(for: view))
        // Finite where the goal is 1, so that evidence keeps its order and never adds up to it.
        let needed = max(naturalLogarithm(1 - Double(goal)), -1e30)
        let evidence = expected.map { chance in
            chance.isNaN ? .nan : Float(naturalLogarithm(1 - min(max(Double(chance), 0), Self.most)) / needed)
        }
        let gate = try Gate(
            normaliser: Identity(), selector: TopP(threshold: 1, minimum: 1, maximum: seats))
        var plan = try plan(evidence, through: gate)
        plan.expected = expected
        return plan
    }

    /// The largest chance: nobody is certain.
    private static let most = 1 - 1e-9
}
