public import Aggregation
import Core
import Routing

/// How several answers become one in a replay.
public enum VoteChoice: Sendable {
    case rule(any VoteRule)
    /// Weights learned from how the same seats voted on the learned part (`LearnedVote`).
    case learned

    /// What commands and reports call it.
    public var name: String {
        switch self {
        case .rule(let rule): rule.name
        case .learned: "learned"
        }
    }
}

extension FoldReplay {
    /// The rule for so many seats of a strategy.
    ///
    /// To learn one, the learned part is halved; each half is decided on by a router that learned from the other, so that
    /// the expectations in the ballots are as honest as those that will be voted with.
    func rule(for learner: any RouterLearner, seats: Int) throws -> any VoteRule {
        switch settings.vote {
        case .rule(let rule): return rule
        case .learned:
            guard seats > 1 else { return MajorityRule() }
            var shuffled = fold.learned
            var random = SeededRandom(seed: settings.seed)
            random.shuffle(&shuffled)
            let halves = [
                shuffled.prefix(shuffled.count / 2).sorted(), shuffled.dropFirst(shuffled.count / 2).sorted(),
            ]
            let ballots = try zip(halves, halves.reversed()).flatMap { known, asked in
                try self.ballots(of: learner, knowing: known, on: asked, seats: seats)
            }
            return LearnedVote.learn(from: ballots)
        }
    }

    private func ballots(
        of learner: any RouterLearner, knowing known: [Int], on asked: [Int], seats: Int
    ) throws -> [TrainingBallot] {
        guard !known.isEmpty else { return [] }
        let router = try learner.learn(
            from: population.evidence(known, withCategory: learner.seesCategory), seed: settings.seed)
        return try asked.map { question in
            let view = population.view(of: question, withCategory: learner.seesCategory)
            var random = randomness(of: question)
            let plan = try router.recruit(for: view, seats: seats, using: &random)
            return TrainingBallot(
                votes: votes(ask(plan, on: question, view, router), plan), optionCount: view.optionCount,
                gold: population.recorded.table.questions[question].gold)
        }
    }
}
