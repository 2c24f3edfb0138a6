import Core
import Synchronization

/// The dollars that a run may spend: what a call could cost at most is set aside before it is made, so that the limit is
/// never passed.
final class RunPurse: Sendable {
    private struct State {
        var spent: Double
        var aside = 0.0
    }

    /// Tokens assumed for an answer whose length nobody limits.
    static let assumedAnswer = 1_024

    let limit: Double?
    private let state: Mutex<State>

    /// - Parameters:
    ///   - limit: nil for no limit.
    ///   - spent: what earlier parts of the run have cost.
    init(limit: Double?, spent: Double) {
        self.limit = limit
        state = Mutex(State(spent: spent))
    }

    var spent: Double { state.withLock { $0.spent } }

    /// What a call could cost at most: the question as estimated and the longest answer.
    static func worst(_ card: ExpertCard, _ question: Question) -> Double {
        card.price.dollars(
            for: Usage(
                promptTokens: question.estimatedTokens,
                completionTokens: question.sampling.maximumTokens ?? assumedAnswer))
    }

    /// Sets the most that a call could cost aside; says why not if there is not so much left.
    func refusal(to expert: ExpertCard, setAside dollars: Double) -> Fault? {
        let spent: Double? = state.withLock { state in
            if let limit, state.spent + state.aside + dollars > limit { return state.spent }
            state.aside += dollars
            return nil
        }
        guard let spent, let limit else { return nil }
        return Fault(
            .overBudget, expert.id.rawValue,
            "an answer could cost $\(Self.text(dollars)), and the run's budget of $\(Self.text(limit)) has "
                + "$\(Self.text(max(0, limit - spent))) left")
    }

    /// Six decimals: a thousandth of a tenth of a cent.
    private static func text(_ dollars: Double) -> String {
        let millionths = Int((dollars * 1_000_000).rounded())
        let digits = String(millionths % 1_000_000)
        return "\(millionths / 1_000_000).\(String(repeating: "0", count: 6 - digits.count))\(digits)"
    }

    /// The call is over.
    func settle(aside dollars: Double, spent: Double) {
        state.withLock { state in
            state.aside = max(0, state.aside - dollars)
            state.spent += spent
        }
    }
}
