public import Core
import Gating

/// A way to learn a router from recorded outcomes. One mechanism, one file; settings are its stored properties.
public protocol RouterLearner: Sendable {
    /// What commands and reports call it.
    var name: String { get }
    /// Whether its router may see the true category of a question: only yardsticks may.
    var seesCategory: Bool { get }

    /// Learns from `evidence`; the same evidence and seed give the same router everywhere.
    /// Throws a `Fault` if the evidence lacks what the mechanism needs.
    func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter
}

extension RouterLearner {
    public var seesCategory: Bool { false }
}

/// A router that was learned: it expects how well each expert would do on a question, and fills seats.
public protocol LearnedRouter: Sendable {
    /// The expected score of each expert, 0...1, `[experts]`. Aggregators weigh votes by it, so it should be calibrated.
    func expectations(for view: QuestionView) -> [Float]

    /// Fills at most `seats` seats. Unless a mechanism says otherwise, the best expectations sit (`TopK`).
    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan

    /// Whether the answers heard so far are enough: only then are later seats of a ladder left unasked.
    func isEnough(_ heard: [HeardAnswer], of plan: SeatPlan, for view: QuestionView) -> Bool
}

extension LearnedRouter {
    public func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let expected = view.masked(expectations(for: view))
        let selection = try Gate(normaliser: Identity(), selector: TopK(count: seats))
            .select(ScoreMatrix(row: expected))
        return SeatPlan(experts: Array(selection.experts(inRow: 0)), expected: expected)
    }

    public func isEnough(_ heard: [HeardAnswer], of plan: SeatPlan, for view: QuestionView) -> Bool { false }
}

/// A router that goes on learning from each outcome it causes, and from no other.
public protocol OnlineRouter: LearnedRouter {
    mutating func observe(_ score: Float, of expert: Int, on view: QuestionView)
}
