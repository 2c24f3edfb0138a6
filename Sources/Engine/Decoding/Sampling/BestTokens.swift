/// Finds the best tokens of a row in one pass, without sorting the others.
///
/// The tokens kept so far are a heap whose first is the worst; whatever is not above it is passed by. A row in random
/// order changes the heap about `k ln(n / k)` times.
enum BestTokens {
    /// The best token: the highest logit; of equal ones, the lowest id. Nil when no logit is above minus infinity.
    static func best(of row: Span<Float>) -> Candidate? {
        var best: Candidate?
        RowScan.visit(row, above: -.infinity) { candidate in
            best = candidate
            return candidate.logit
        }
        return best
    }

    /// Fills `candidates` with the `count` best tokens, best first; with fewer when the row has fewer.
    static func fill(_ candidates: inout [Candidate], from row: Span<Float>, count: Int) {
        candidates.removeAll(keepingCapacity: true)
        guard count > 0 else { return }
        RowScan.visit(row, above: -.infinity) { candidate in
            if candidates.count < count {
                candidates.append(candidate)
                guard candidates.count == count else { return -.infinity }
                candidates.makeWorstFirstHeap(0..<count)
            } else {
                // Above the worst of the heap. An equal one would have come later and so have the higher id.
                candidates[0] = candidate
                candidates.sink(0, in: 0..<count)
            }
            return candidates[0].logit
        }
        if candidates.count < count {
            candidates.makeWorstFirstHeap(0..<candidates.count)
        }
        candidates.sortHeap(0..<candidates.count)
    }

    /// Fills `candidates` with every token whose logit is `floor` or more, by id.
    static func fill(_ candidates: inout [Candidate], from row: Span<Float>, atLeast floor: Float) {
        candidates.removeAll(keepingCapacity: true)
        let below = floor.nextDown
        RowScan.visit(row, above: below) { candidate in
            candidates.append(candidate)
            return below
        }
    }
}
