/// A priority queue, least element first: a binary heap in an array, O(log n) to push and to pop.
struct MergeQueue<Element: Comparable> {
    private var heap: [Element] = []

    mutating func push(_ element: Element) {
        heap.append(element)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard element < heap[parent] else { break }
            heap[child] = heap[parent]
            child = parent
        }
        heap[child] = element
    }

    mutating func pop() -> Element? {
        guard let least = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty { sink(last) }
        return least
    }

    /// Puts `element` in the place of the first and lets it sink to where it belongs.
    private mutating func sink(_ element: Element) {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard heap[child] < element else { break }
            heap[parent] = heap[child]
            parent = child
        }
        heap[parent] = element
    }
}
