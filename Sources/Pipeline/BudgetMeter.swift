import Core
import Synchronization

/// Keeps one question within its budget: reserves before a call, settles after it, refuses in between.
final class BudgetMeter: Sendable {
    private struct Spent {
        var dollars = 0.0
        var calls = 0
    }

    private let budget: Budget
    private let spent: Mutex<Spent>
    /// When the question's time is over; nil for never.
    let deadline: TimeSource.Instant?

    /// - Parameters:
    ///   - calls: calls already made for the question, and `dollars` what they cost: its annotation.
    ///   - since: when the question arrived; nil for now.
    init(_ budget: Budget, calls: Int, dollars: Double, time: TimeSource, since arrived: TimeSource.Instant? = nil) {
        self.budget = budget
        spent = Mutex(Spent(dollars: dollars, calls: calls))
        deadline = budget.time.map { TimeSource.Instant(offset: (arrived ?? time.now()).offset + $0) }
    }

    /// A promise of money and one call; must be settled.
    struct Reservation: Sendable {
        fileprivate let dollars: Double
    }

    /// Tokens assumed for an answer whose length nobody limits.
    static let assumedAnswer = 1024

    /// Reserves what a call could cost at most; a fault if that would pass the budget.
    func reserve(_ card: ExpertCard, for question: Question) throws -> Reservation {
        let worst = card.price.dollars(
            for: Usage(
                promptTokens: question.estimatedTokens,
                completionTokens: question.sampling.maximumTokens ?? Self.assumedAnswer))
        return try spent.withLock { spent in
            if let calls = budget.calls, spent.calls + 1 > calls {
                throw Fault(
                    .overBudget, card.id.rawValue, "was not asked: the budget of \(calls) calls is used up",
                    hint: "Raise budgets.….calls or recruit fewer seats")
            }
            if let cost = budget.cost, spent.dollars + worst > cost {
                throw Fault(
                    .overBudget, card.id.rawValue,
                    "was not asked: it could cost $\(worst.inDollars) and $\((cost - spent.dollars).inDollars) is left",
                    hint: "Raise budgets.….cost, ask for fewer tokens, or choose cheaper experts")
            }
            spent.calls += 1
            spent.dollars += worst
            return Reservation(dollars: worst)
        }
    }

    /// Puts what a call really cost in place of what was reserved.
    func settle(_ reservation: Reservation, dollars: Double) {
        spent.withLock { $0.dollars += dollars - reservation.dollars }
    }
}

extension Double {
    /// Dollars with six decimals and no trailing zeros: `0.0004`.
    fileprivate var inDollars: String { String((self * 1_000_000).rounded() / 1_000_000) }
}
