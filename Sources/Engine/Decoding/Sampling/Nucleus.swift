internal import Gating

/// Keeps the fewest best tokens that together hold a given share of the probability (top-p, arXiv:1904.09751).
///
/// `kept = the shortest best-first list with Σ p_i ≥ p`, at least one token. Which tokens are kept does not depend on
/// the order of the better ones, so nothing is sorted but the tokens near the edge: all are counted into buckets by
/// their distance from the best, and only the bucket in which the sum reaches p is put in order.
struct Nucleus: Sendable {
    private var masses = [Double](repeating: 0, count: 256)

    /// Cuts `candidates` down to those that hold `mass`, in units of the best token's term. False, and nothing cut,
    /// when together they hold less. `best` is the highest logit, `reach` how far below it, in nats, buckets go.
    mutating func cut(_ candidates: inout [Candidate], toMass mass: Double, best: Float, reach: Float) -> Bool {
        for bucket in masses.indices {
            masses[bucket] = 0
        }
        for candidate in candidates {
            masses[bucket(of: candidate, best: best, reach: reach)] += candidate.term(best: best)
        }
        var held = 0.0
        var edge = 0
        while edge < masses.count, held + masses[edge] < mass {
            held += masses[edge]
            edge += 1
        }
        guard edge < masses.count else { return false }
        let sure = gather(&candidates, upTo: edge, best: best, reach: reach)
        let range = sure..<candidates.count
        candidates.makeWorstFirstHeap(range)
        candidates.sortHeap(range)
        var kept = sure
        while kept < candidates.count, kept == 0 || held < mass {
            held += candidates[kept].term(best: best)
            kept += 1
        }
        candidates.removeSubrange(kept...)
        return true
    }

    /// Moves candidates of buckets before `edge` to the front, keeps those of `edge` behind them and drops the others.
    /// Returns how many are in front.
    private func gather(_ candidates: inout [Candidate], upTo edge: Int, best: Float, reach: Float) -> Int {
        candidates.removeAll { bucket(of: $0, best: best, reach: reach) > edge }
        var front = 0
        for index in candidates.indices where bucket(of: candidates[index], best: best, reach: reach) < edge {
            candidates.swapAt(front, index)
            front += 1
        }
        return front
    }

    private func bucket(of candidate: Candidate, best: Float, reach: Float) -> Int {
        let distance = candidate.logit == best ? 0 : best - candidate.logit
        return distance < reach ? min(Int(distance / reach * Float(masses.count)), masses.count - 1) : masses.count - 1
    }
}

extension Candidate {
    /// Its term of the softmax at temperature τ, `exp((x - best) / τ)`.
    func term(best: Float, temperature: Double = 1) -> Double {
        logit == best ? 1 : exponential((Double(logit) - Double(best)) / temperature)
    }
}
