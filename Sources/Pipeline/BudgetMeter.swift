import Core
import Synchronization

/// Keeps one question within its budget: reserves before a call, settles after it, refuses in between.
final class BudgetMeter: Sendable {
    private struct Spent {
        var dollars = 0.0
        var calls = 0
    }

    /// What all meters of one question have counted.
    private final class Tally: Sendable {
        let spent = Mutex(Spent())
    }

    private let budget: Budget
    /// Calls that are left to others.
    private let kept: Int
    /// Of the key that asked; nil where none is counted.
    private let account: (any SpendAccount)?
    private let tally: Tally
    /// When the question's time is over; nil for never.
    let deadline: TimeSource.Instant?

    /// - Parameters:
    ///   - account: of the key that asked; nil where none is counted.
    ///   - since: when the question arrived; nil for now.
    init(
        _ budget: Budget, account: (any SpendAccount)? = nil, time: TimeSource, since arrived: TimeSource.Instant? = nil
    ) {
        self.budget = budget
        self.account = account
        kept = 0
        tally = Tally()
        deadline = budget.time.map { TimeSource.Instant(offset: (arrived ?? time.now()).offset + $0) }
    }

    private init(_ other: BudgetMeter, keeping calls: Int) {
        budget = other.budget
        deadline = other.deadline
        tally = other.tally
        account = nil
        kept = calls
    }

    /// The same budget for calls on the way to a decision: the last call is left for the answer, and the key's account is
    /// charged elsewhere (`AccountedExpert`).
    var forAnnotation: BudgetMeter { BudgetMeter(self, keeping: 1) }

    /// Takes in what a decision took altogether, as far as it has not been counted here.
    func count(calls: Int, dollars: Double) {
        tally.spent.withLock { spent in
            spent.calls = max(spent.calls, calls)
            spent.dollars = max(spent.dollars, dollars)
        }
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
            giveBack(reservation)
            throw error
        }
        return reservation
    }

    /// For a call that was never sent: it counts for nothing.
    func giveBack(_ reservation: Reservation) {
        tally.spent.withLock { spent in
            spent.calls -= 1
            spent.dollars -= reservation.dollars
        }
        reservation.held?.settle(.none)
    }

    private func reserve(_ card: ExpertCard, _ worst: Double) throws -> Reservation {
        try tally.spent.withLock { spent in
            if let calls = budget.calls, spent.calls + 1 > calls - kept {
                throw Fault(
                    .overBudget, card.id.rawValue,
                    "was not asked: the budget of \(calls) calls is used up"
                        + (spent.calls < calls ? " but for the answer" : ""),
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
        tally.spent.withLock { $0.dollars += dollars - reservation.dollars }
        let isNothing = dollars == 0 && usage.totalTokens == 0
        reservation.held?.settle(Spend(dollars: dollars, usage: usage, calls: isNothing ? 0 : 1))
    }
}
