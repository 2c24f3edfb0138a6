/// Keeps the nearest of the neighbours it is offered: a binary heap whose top is the first to give way.
struct NearestKept {
    private let most: Int
    private var heap: [NeighbourIndex.Neighbour] = []

    init(most: Int) {
        precondition(most > 0, "somebody is kept")
        self.most = most
    }

    /// Takes a neighbour in if it is nearer than one of those kept.
    mutating func offer(_ neighbour: NeighbourIndex.Neighbour) {
        if heap.count < most {
            heap.append(neighbour)
            rise(from: heap.count - 1)
        } else if Self.isNearer(neighbour, than: heap[0]) {
            heap[0] = neighbour
            sink()
        }
    }

    /// Those kept, the nearest first.
    var nearestFirst: [NeighbourIndex.Neighbour] { heap.sorted { Self.isNearer($0, than: $1) } }

    private static func isNearer(_ left: NeighbourIndex.Neighbour, than right: NeighbourIndex.Neighbour) -> Bool {
        left.similarity > right.similarity || (left.similarity == right.similarity && left.index < right.index)
    }

    private mutating func rise(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard Self.isNearer(heap[parent], than: heap[child]) else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return }
            if child + 1 < heap.count, Self.isNearer(heap[child], than: heap[child + 1]) { child += 1 }
            guard Self.isNearer(heap[parent], than: heap[child]) else { return }
            heap.swapAt(parent, child)
            parent = child
        }
    }
}
