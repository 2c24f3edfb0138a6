/// A row of neighbouring symbols that are merged two by two, the best pair first and the leftmost among equals.
///
/// A priority queue holds the pairs and a linked list the neighbours, so a row of `n` symbols takes O(n log n) steps
/// whatever it holds. A pair whose symbols have changed since it was queued is dropped when its turn comes.
struct SymbolChain {
    /// What two neighbours may become.
    struct Merge {
        /// Lower goes first; a rank, or a score turned round.
        let order: Double
        let symbol: Int32
    }

    private struct Candidate: Comparable {
        let merge: Merge
        let left: Int
        let leftSymbol: Int32
        let rightSymbol: Int32

        static func < (one: Candidate, other: Candidate) -> Bool {
            if one.merge.order != other.merge.order { return one.merge.order < other.merge.order }
            return one.left < other.left
        }

        static func == (one: Candidate, other: Candidate) -> Bool {
            one.merge.order == other.merge.order && one.left == other.left
        }
    }

    /// Marks a place whose symbol went into its left neighbour.
    private static let gone = Int32.min

    /// Symbol at each place, `gone` where there is none any more.
    private var symbols: [Int32]
    /// Bytes each place started with: place `i` is `starts[i]..<starts[i + 1]`.
    private let starts: [Int]
    /// The next place in the row, the number of places behind the last.
    private var next: [Int]
    /// The place before, -1 before the first.
    private var previous: [Int]

    /// `symbols` at the byte offsets `starts`, which has one more element: the end.
    init(symbols: [Int32], starts: [Int]) {
        precondition(starts.count == symbols.count + 1, "a chain knows where each symbol starts, and the end")
        self.symbols = symbols
        self.starts = starts
        next = Array(1..<symbols.count + 1)
        previous = Array(-1..<symbols.count - 1)
    }

    /// Merges until no two neighbours can be merged. `merge` sees two symbols and the bytes both cover.
    mutating func mergeAll(_ merge: (_ left: Int32, _ right: Int32, _ bytes: Range<Int>) -> Merge?) {
        var queue = MergeQueue<Candidate>()
        for left in symbols.indices.dropLast() {
            if let found = candidate(at: left, merge) { queue.push(found) }
        }
        while let best = queue.pop() {
            let left = best.left
            guard symbols[left] == best.leftSymbol, next[left] < symbols.count,
                symbols[next[left]] == best.rightSymbol
            else { continue }
            join(left, as: best.merge.symbol)
            if previous[left] >= 0, let found = candidate(at: previous[left], merge) { queue.push(found) }
            if let found = candidate(at: left, merge) { queue.push(found) }
        }
    }

    /// What is left of the row, from the left: each symbol and the bytes it covers.
    var row: [(symbol: Int32, bytes: Range<Int>)] {
        var row: [(symbol: Int32, bytes: Range<Int>)] = []
        var place = 0
        while place < symbols.count {
            row.append((symbols[place], starts[place]..<starts[next[place]]))
            place = next[place]
        }
        return row
    }

    private func candidate(at left: Int, _ merge: (Int32, Int32, Range<Int>) -> Merge?) -> Candidate? {
        let right = next[left]
        guard right < symbols.count,
            let found = merge(symbols[left], symbols[right], starts[left]..<starts[next[right]])
        else { return nil }
        return Candidate(merge: found, left: left, leftSymbol: symbols[left], rightSymbol: symbols[right])
    }

    private mutating func join(_ left: Int, as symbol: Int32) {
        let right = next[left]
        symbols[left] = symbol
        symbols[right] = Self.gone
        next[left] = next[right]
        if next[right] < symbols.count { previous[next[right]] = left }
    }
}
