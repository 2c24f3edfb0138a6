/// Hands out the experts of one row from the best score to the worst, as many as are asked for.
///
/// Equal scores go by index, the lower first, so the order is complete and the same everywhere. A binary heap: n steps
/// to begin and log n for each expert taken, without memory of its own.
enum BestFirst {
    /// Fills `waiting` with the choosable experts of `scores`, ready for `takeBest`.
    static func begin(_ waiting: inout [Int], scores: Span<Float>) {
        waiting.removeAll(keepingCapacity: true)
        for expert in scores.indices where scores[expert].isChoosable {
            waiting.append(expert)
        }
        var parent = waiting.count / 2
        while parent > 0 {
            parent -= 1
            sink(parent, in: &waiting, scores: scores)
        }
    }

    /// Removes and returns the best of the waiting experts; nil when none waits.
    static func takeBest(_ waiting: inout [Int], scores: Span<Float>) -> Int? {
        guard let last = waiting.popLast() else { return nil }
        guard let best = waiting.first else { return last }
        waiting[0] = last
        sink(0, in: &waiting, scores: scores)
        return best
    }

    private static func sink(_ start: Int, in waiting: inout [Int], scores: Span<Float>) {
        var parent = start
        let moving = waiting[start]
        while true {
            var child = 2 * parent + 1
            guard child < waiting.count else { break }
            if child + 1 < waiting.count, goesBefore(waiting[child + 1], waiting[child], scores: scores) {
                child += 1
            }
            guard goesBefore(waiting[child], moving, scores: scores) else { break }
            waiting[parent] = waiting[child]
            parent = child
        }
        waiting[parent] = moving
    }

    private static func goesBefore(_ left: Int, _ right: Int, scores: Span<Float>) -> Bool {
        let (leftScore, rightScore) = (scores[left], scores[right])
        return leftScore > rightScore || (leftScore == rightScore && left < right)
    }
}
