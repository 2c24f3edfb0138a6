import Core
import Gating

/// A learned router that expects what another one does, and fills its seats through a gate of its own.
///
/// The wrapped router's own way of filling seats, if it has one, is not used: only what it expects.
protocol GatedRouter: LearnedRouter {
    /// The router whose expectations these are.
    var inner: any LearnedRouter { get }
}

extension GatedRouter {
    public func expectations(for view: QuestionView) -> [Float] { inner.expectations(for: view) }

    public func isEnough(_ heard: [HeardAnswer], of plan: SeatPlan, for view: QuestionView) -> Bool {
        inner.isEnough(heard, of: plan, for: view)
    }

    /// The seats that `gate` fills from what is expected.
    func plan(_ expected: [Float], through gate: Gate<some DeterministicSelector>) throws -> SeatPlan {
        let selection = try gate.select(ScoreMatrix(row: expected))
        return SeatPlan(experts: Array(selection.experts(inRow: 0)), expected: expected)
    }
}
