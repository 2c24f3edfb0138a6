import Core
import Gating

/// Goes on learning while it decides: asks who comes out best in a draw from what is believed, so that the doubtful get
/// their chances and the bad ones do not.
///
///     draw x_e ~ Beta(α_ce, β_ce),   ask argmax x_e,   then α_ce += score,  β_ce += 1 − score
///
/// c is the question's cluster (`KMeans`). Source: Thompson 1933; for Beta posteriors Chapelle and Li 2011. Beliefs begin with
/// what was recorded of the cluster, discounted, since experts change and recorded questions are not those that come, beside
/// the expert's overall mean worth two outcomes. With evidence without questions, or a discount of 0, they begin empty. Every
/// seat is a new draw among those who do not sit yet. The probability of each choice is exact (`BestOfBeliefs`), because
/// estimates of what other choices would have brought divide by it.
public struct ThompsonSampling: RouterLearner {
    public let name = "thompson"
    /// How many clusters have beliefs of their own.
    public let clusters: Int
    /// What a recorded outcome counts beside one that is observed, 0...1.
    public let discount: Double

    public init(clusters: Int = 16, discount: Double = 0.5) {
        precondition(clusters > 0 && (0...1).contains(discount), "there is a cluster, and a share lies between 0 and 1")
        self.clusters = clusters
        self.discount = discount
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        let gathered = KMeans(
            evidence.views.map(\.vector), clusters: min(clusters, max(1, evidence.count / 10)), seed: seed)
        var tally = ScoreTally(groups: gathered.count, experts: evidence.experts.count)
        for question in evidence.views.indices {
            tally.add(evidence.scores(of: question), groups: [gathered.labels[question]])
        }
        let means = discount > 0 ? ShrunkenMeans(tally).overall : evidence.experts.map { _ in 0.5 }
        let beliefs = tally.sums.indices.map { index in
            let mean = Double(means[index % means.count])
            let (sum, count) = (tally.sums[index], tally.counts[index])
            return BetaBelief(
                successes: 2 * mean + discount * sum, failures: 2 * (1 - mean) + discount * (count - sum))
        }
        return LearningByDrawing(clusters: gathered, expertCount: evidence.experts.count, beliefs: beliefs)
    }
}

private struct LearningByDrawing: OnlineRouter {
    let clusters: KMeans
    let expertCount: Int
    /// `[clusters × experts]`.
    var beliefs: [BetaBelief]

    func expectations(for view: QuestionView) -> [Float] { beliefs[places(of: view)].map { Float($0.mean) } }

    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let beliefs = Array(beliefs[places(of: view)])
        let expected = view.masked(beliefs.map { Float($0.mean) })
        var waiting = expected.indices.filter { !expected[$0].isNaN }
        let best = BestOfBeliefs(beliefs)
        let one = try Gate(normaliser: Identity(), selector: TopK(count: 1))
        var plan = SeatPlan(experts: [], probabilities: [], expected: expected)
        while plan.experts.count < seats, !waiting.isEmpty {
            var draws = [Float](repeating: .nan, count: expertCount)
            for expert in waiting {
                draws[expert] = Float(random.beta(beliefs[expert].successes, beliefs[expert].failures))
            }
            let chances = best.chances(among: waiting)
            guard let drawn = try one.select(ScoreMatrix(row: draws)).experts(inRow: 0).first,
                let place = waiting.firstIndex(of: drawn)
            else { break }
            plan.experts.append(drawn)
            plan.probabilities.append(chances[place])
            waiting.remove(at: place)
        }
        return plan
    }

    mutating func observe(_ score: Float, of expert: Int, on view: QuestionView) {
        guard score >= 0, score <= 1, expert >= 0, expert < expertCount else { return }
        beliefs[places(of: view).lowerBound + expert].observe(Double(score))
    }

    /// Where the beliefs of the question's cluster lie; of equally near ones the lower.
    private func places(of view: QuestionView) -> Range<Int> {
        let distances = clusters.distances(to: view.vector)
        let nearest = distances.indices.min { (distances[$0], $0) < (distances[$1], $1) } ?? 0
        return nearest * expertCount..<(nearest + 1) * expertCount
    }
}
