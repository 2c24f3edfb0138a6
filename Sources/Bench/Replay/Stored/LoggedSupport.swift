import Core

/// What the log could have done for one question, as far as its trace tells: what a policy does beyond it, no feedback
/// speaks of.
struct LoggedSupport {
    /// The recruitment, in seat order.
    let recruited: [ExpertID]
    /// The product of its draws' probabilities.
    let probability: Double
    /// Those who could have been drawn; nil where nothing was left to chance.
    private let drawable: Set<ExpertID>?

    init(_ recruitment: Recruitment) {
        recruited = recruitment.seats.map(\.expert)
        probability = recruitment.seats.reduce(1) { $0 * $1.probability }
        let isCertain = recruitment.seats.allSatisfy { $0.probability == 1 }
        drawable =
            isCertain
            ? nil
            : Set(recruitment.suitabilities.filter { $0.probability > 0 }.map(\.expert)).union(recruited)
    }

    /// The part of what a policy does here that the log could not have done, 0...1, and whom it would have seated. Both
    /// recruit the same number.
    ///
    /// - Parameter absent: whom the policy would seat though they were not there.
    func gap(to chances: RecruitmentChances, absent: [ExpertID]) -> (share: Double, experts: [ExpertID]) {
        if !absent.isEmpty { return (1, absent) }
        // Where shares cannot be counted, the weights' mean still tells.
        guard let shares = chances.seatShares else { return (0, []) }
        let possible = drawable ?? Set(recruited)
        var foreign: [ExpertID] = []
        var share = 0.0
        for (expert, held) in zip(chances.contenders, shares) where held > 0 && !possible.contains(expert) {
            foreign.append(expert)
            share += held
        }
        guard drawable != nil else { return (1 - chances.probability(of: recruited), foreign) }
        // Each seat that may go to a stranger makes the whole recruitment one that was never drawn.
        return (min(1, share * Double(chances.seats)), foreign)
    }
}
