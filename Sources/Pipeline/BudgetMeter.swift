import Core
import Synchronization

/// Keeps one question within its budget: reserves before a call, settles after it, refuses in between.
final class BudgetMeter: Sendable {
    private struct Spent {
        var dollars = 0.0
        var calls = 0
    }

    private let budget: Budget
    /// Of the key that asked; nil where none is counted.
    private let account: (any SpendAccount)?
    private let spent: Mutex<Spent>
    /// When the question's time is over; nil for never.
    let deadline: TimeSource.Instant?

    /// - Parameters:
    ///   - calls: calls already made for the question, and `dollars` what they cost: its annotation.
    ///   - account: of the key that asked; nil where none is counted.
    ///   - since: when the question arrived; nil for now.
    init(
        _ budget: Budget, calls: Int, dollars: Double, account: (any SpendAccount)? = nil, time: TimeSource,
        since arrived: TimeSource.Instant? = nil
    ) {
        self.budget = budget
        self.account = account
        spent = Mutex(Spent(dollars: dollars, calls: calls))
        deadline = budget.time.map { TimeSource.Instant(offset: (arrived ?? time.now()).offset + $0) }
    }

    /// A promise of money and one call; must be settled.
    struct Reservation: Sendable {
        fileprivate let dollars: Double
        /// Of the key's account.
        fileprivate var held: (any SpendReservation)?
    }

    /// Tokens assumed for an answer whose length nobody limits.
    static let assumedAnswer = 1024

    /// Reserves what a call could cost at most; a fault if that would pass the question's budget or the key's.
    func reserve(_ card: ExpertCard, for question: Question) async throws -> Reservation {
        let most = Usage(
            promptTokens: question.estimatedTokens,
            completionTokens: question.sampling.maximumTokens ?? Self.assumedAnswer)
        let worst = card.price.dollars(for: most)
        var reservation = try reserve(card, worst)
        do {
            reservation.held = try await account?.reserve(Spend(dollars: worst, usage: most, calls: 1))
        } catch {
            spent.withLock { spent in
                spent.calls -= 1
                spent.dollars -= worst
            }
            throw error
        }
        return reservation
    }

    private func reserve(_ card: ExpertCard, _ worst: Double) throws -> Reservation {
        try spent.withLock { spent in
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

    /// Puts what a call really took in place of what was reserved: nothing for one that failed before it said anything.
    func settle(_ reservation: Reservation, dollars: Double, usage: Usage = Usage()) {
        spent.withLock { $0.dollars += dollars - reservation.dollars }
        let isNothing = dollars == 0 && usage.totalTokens == 0
        reservation.held?.settle(Spend(dollars: dollars, usage: usage, calls: isNothing ? 0 : 1))
    }
}
