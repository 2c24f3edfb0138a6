import Aggregation
import Core
import Routing

/// Replays one strategy on one fold: learns from one part, then decides, asks the record and aggregates on the other.
struct FoldReplay: Sendable {
    let population: Population
    let settings: ReplaySettings
    let fold: FoldPlan.Fold
    let time: TimeSource

    /// One tally for each number of seats.
    func replay(_ contestant: Contestant) throws -> [Tally] {
        switch contestant {
        case .oracle: return [oracle()]
        case .learner(let learner):
            let start = time.now()
            let evidence = population.evidence(fold.learned, withCategory: learner.seesCategory)
            let router = try learner.learn(from: evidence, seed: settings.seed)
            let seconds = time.seconds(since: start)
            return try settings.seats.map { seats in
                let rule = try rule(for: learner, seats: seats)
                var tally = try replay(router, of: learner, seats: seats, rule: rule)
                tally.trainingSeconds = seconds
                return tally
            }
        }
    }

    private func replay(
        _ router: any LearnedRouter, of learner: any RouterLearner, seats: Int, rule: any VoteRule
    ) throws -> Tally {
        var tally = Tally(strategy: learner.name, seats: seats, experts: population.experts.count)
        tally.isYardstick = learner.seesCategory
        let quorum = settings.stopsWhenDecided ? (rule as? any AdditiveVoteRule).map { EarlyQuorum(under: $0) } : nil
        var router = router
        for question in fold.decided {
            let view = population.view(of: question, withCategory: learner.seesCategory)
            var random = randomness(of: question)
            let start = time.now()
            let plan = try router.recruit(for: view, seats: seats, using: &random)
            tally.decisionSeconds.append(time.seconds(since: start))
            let heard = ask(plan, on: question, view, router, quorum: quorum)
            note(heard, plan, view, rule, in: &tally)
            if let guessing = router as? any CategoryGuessing { tally.guesses.append(guess(of: guessing, view)) }
            guard var learning = router as? any OnlineRouter else { continue }
            for answer in heard { learning.observe(answer.score, of: answer.expert, on: view) }
            router = learning
        }
        return tally
    }

    /// Chance for one question, the same whatever else is replayed.
    func randomness(of question: Int) -> SeededRandom {
        SeededRandom(seed: settings.seed ^ population.recorded.table.questions[question].content)
    }

    /// Asks the record for what the seats answered: in turn where the plan is a ladder, until the vote is decided where
    /// there is a quorum.
    func ask(
        _ plan: SeatPlan, on question: Int, _ view: QuestionView, _ router: any LearnedRouter,
        quorum: EarlyQuorum? = nil
    ) -> [RecordedAnswer] {
        var heard: [RecordedAnswer] = []
        for (seat, expert) in plan.experts.enumerated() {
            guard let outcome = population.outcome(of: expert, on: question) else { continue }
            heard.append(RecordedAnswer(outcome, of: expert, known: population.experts[expert]))
            if plan.isLadder, router.isEnough(heard.map(\.heard), of: plan, for: view) { break }
            guard let quorum, !plan.isLadder else { continue }
            let pending = plan.experts.dropFirst(seat + 1).map {
                CastVote(expert: $0, answer: -1, expected: plan.expected[$0])
            }
            if quorum.isDecided(votes(heard, plan), pending: pending, optionCount: view.optionCount) { break }
        }
        return heard
    }

    private func note(
        _ heard: [RecordedAnswer], _ plan: SeatPlan, _ view: QuestionView, _ rule: any VoteRule, in tally: inout Tally
    ) {
        let standing = standing(heard, plan, view, rule)
        tally.scores.append(standing.map { heard[$0].score } ?? 0)
        tally.calls.append(Float(heard.count))
        tally.dollars.append(heard.reduce(0) { $0 + $1.dollars })
        tally.activeParameters.append(heard.reduce(0) { $0 + $1.activeParameters })
        tally.leans.append(plan.expected.count == 2 ? plan.expected[1] - plan.expected[0] : .nan)
        tally.expectations.append(standing.map { plan.expected[heard[$0].expert] } ?? .nan)
        for answer in heard {
            tally.picks[answer.expert] += 1
            tally.spent[answer.expert] += Double(answer.dollars)
        }
        if settings.keepsDecisions {
            tally.decisions.append(
                .init(heard: heard.map { Int32($0.expert) }, standing: standing.map { Int32(heard[$0].expert) } ?? -1))
        }
        let answer = standing.map { heard[$0].answer }
        for expert in Set(heard.map(\.expert)) {
            let others = heard.filter { $0.expert != expert }
            let without = self.standing(others, plan, view, rule).map { others[$0].answer }
            if without != answer { tally.changes[expert] += 1 }
        }
    }

    /// Whose answer becomes the answer; nil if nobody was heard. At the end of a ladder it is the last one's.
    private func standing(
        _ heard: [RecordedAnswer], _ plan: SeatPlan, _ view: QuestionView, _ rule: any VoteRule
    ) -> Int? {
        guard heard.count > 1 else { return heard.isEmpty ? nil : 0 }
        if plan.isLadder { return heard.count - 1 }
        return rule.winner(of: votes(heard, plan), optionCount: view.optionCount).seat
    }

    /// The answers as votes, with what the router expected of their experts.
    func votes(_ heard: [RecordedAnswer], _ plan: SeatPlan) -> [CastVote] {
        heard.map { answer in
            let expected = plan.expected[answer.expert]
            return CastVote(
                expert: answer.expert, answer: answer.answer, expected: expected,
                suitability: expected.isNaN ? 0 : max(expected, 0), confidence: answer.heard.confidence)
        }
    }

    /// The place of the likeliest category in the table's list.
    private func guess(of router: any CategoryGuessing, _ view: QuestionView) -> Int32 {
        let probabilities = router.categoryProbabilities(for: view)
        guard let best = probabilities.indices.max(by: { probabilities[$0] < probabilities[$1] }),
            let place = population.recorded.table.categories.firstIndex(of: router.categoryNames[best])
        else { return -1 }
        return Int32(place)
    }

    /// The yardstick that knows every outcome.
    private func oracle() -> Tally {
        var tally = Tally(strategy: Contestant.oracle.name, seats: 1, experts: population.experts.count)
        tally.isYardstick = true
        for question in fold.decided {
            let scores = population.scores(of: question)
            let cost = { (expert: Int) in
                population.experts[expert].dollars ?? population.experts[expert].activeParameters ?? 0
            }
            let best = scores.indices.filter { !scores[$0].isNaN }.min { left, right in
                (-scores[left], cost(left)) < (-scores[right], cost(right))
            }
            let heard = best.flatMap { expert in
                population.outcome(of: expert, on: question).map {
                    RecordedAnswer($0, of: expert, known: population.experts[expert])
                }
            }
            note(
                heard.map { [$0] } ?? [], SeatPlan(experts: [], expected: scores), QuestionView(vector: []),
                MajorityRule(), in: &tally)
        }
        return tally
    }
}
