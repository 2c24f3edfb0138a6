/// A token that may be chosen, and its logit.
struct Candidate: Sendable {
    /// Its id; 32 bits, so that a candidate takes 8 bytes.
    let token: Int32
    let logit: Float

    /// The complete order of tokens: the higher logit first; of equal ones, the lower id.
    func goesBefore(_ other: Candidate) -> Bool {
        logit > other.logit || (logit == other.logit && token < other.token)
    }
}

extension [Candidate] {
    /// Makes the elements of `range` a heap whose first is the worst.
    mutating func makeWorstFirstHeap(_ range: Range<Int>) {
        var parent = range.count / 2
        while parent > 0 {
            parent -= 1
            sink(parent, in: range)
        }
    }

    /// Lets the element `start` places into the heap at `range` sink until nothing worse is below it.
    mutating func sink(_ start: Int, in range: Range<Int>) {
        let moving = self[range.lowerBound + start]
        var parent = start
        while true {
            var child = 2 * parent + 1
            guard child < range.count else { break }
            if child + 1 < range.count,
                self[range.lowerBound + child].goesBefore(self[range.lowerBound + child + 1])
            {
                child += 1
            }
            guard moving.goesBefore(self[range.lowerBound + child]) else { break }
            self[range.lowerBound + parent] = self[range.lowerBound + child]
            parent = child
        }
        self[range.lowerBound + parent] = moving
    }

    /// Sorts the heap at `range`, best first. A heap sort: the library's sort takes memory each time.
    mutating func sortHeap(_ range: Range<Int>) {
        var end = range.upperBound
        while end - range.lowerBound > 1 {
            end -= 1
            swapAt(range.lowerBound, end)
            sink(0, in: range.lowerBound..<end)
        }
    }
}
