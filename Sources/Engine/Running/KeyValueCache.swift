import Kernels

/// The keys and values of one sequence, layer by layer, so that a new token need not compute those before it again.
///
/// Room for `capacity` positions is reserved in address space when a layer is first written; the system gives memory
/// page by page as positions are filled.
final class KeyValueCache: @unchecked Sendable {
    // One pass at a time writes here; the engine's loop sees to that.
    private var layers: [Layer?]
    private let shapes: [CacheShape]

    /// Most positions.
    let capacity: Int

    /// Positions that are filled.
    private(set) var count = 0

    /// How the numbers are kept.
    let element: CacheElement

    init(shapes: [CacheShape], capacity: Int, element: CacheElement) {
        self.shapes = shapes
        self.capacity = capacity
        self.element = element
        layers = Array(repeating: nil, count: shapes.count)
    }

    /// Where the keys and values of `layer` are.
    func layer(_ index: Int) -> Layer {
        if let layer = layers[index] { return layer }
        let layer = Layer(shapes[index], capacity: capacity, element: element)
        layers[index] = layer
        return layer
    }

    /// Says that positions below `count` are filled, or forgets those from `count` on.
    func truncate(to count: Int) {
        precondition(count >= 0 && count <= capacity, "a cache holds at most its capacity")
        self.count = count
    }

    /// Gives the memory back to the system.
    func clear() {
        layers = Array(repeating: nil, count: shapes.count)
        count = 0
    }

    /// Size of one position in all layers, bytes.
    var bytesPerPosition: Int {
        shapes.reduce(0) { $0 + ($1.keyWidth + $1.valueWidth) * element.byteCount }
    }

    /// One layer's keys and values: rows of a position each.
    final class Layer {
        let shape: CacheShape
        private let element: CacheElement
        private let keys: UnsafeMutableRawPointer
        private let values: UnsafeMutableRawPointer

        init(_ shape: CacheShape, capacity: Int, element: CacheElement) {
            self.shape = shape
            self.element = element
            // A kernel that loads whole vectors may touch some numbers behind the last; they lie in this slack.
            let slack = 64
            keys = .allocate(byteCount: capacity * shape.keyWidth * element.byteCount + slack, alignment: 64)
            values = .allocate(byteCount: capacity * shape.valueWidth * element.byteCount + slack, alignment: 64)
        }

        deinit {
            keys.deallocate()
            values.deallocate()
        }

        /// Keeps the key, `[keyWidth]`, and the value, `[valueWidth]`, of `position`.
        func store(key: UnsafePointer<Float>, value: UnsafePointer<Float>, at position: Int) {
            store(key: key, at: position)
            store(value, in: values, width: shape.valueWidth, at: position)
        }

        /// Keeps the key of `position` where it serves as value too.
        func store(key: UnsafePointer<Float>, at position: Int) {
            store(key, in: keys, width: shape.keyWidth, at: position)
        }

        /// What attention with the key and value heads that begin at these numbers of a position reads.
        func view(keyFrom key: Int, valueFrom value: Int) -> CachedAttention.Cache {
            CachedAttention.Cache(
                keys: keys + key * element.byteCount, values: values + value * element.byteCount,
                keyStride: shape.keyWidth, valueStride: shape.valueWidth, numbers: element.numbers)
        }

        /// The same where the values are the first numbers of the keys (latent attention).
        func viewOfKeys() -> CachedAttention.Cache {
            CachedAttention.Cache(
                keys: keys, values: keys, keyStride: shape.keyWidth, valueStride: shape.keyWidth,
                numbers: element.numbers)
        }

        private func store(
            _ numbers: UnsafePointer<Float>, in rows: UnsafeMutableRawPointer, width: Int, at position: Int
        ) {
            let start = rows + position * width * element.byteCount
            switch element {
            case .float: start.assumingMemoryBound(to: Float.self).update(from: numbers, count: width)
            case .half:
                HalfNumbers.narrow(numbers, into: start.assumingMemoryBound(to: UInt16.self), count: width)
            }
        }
    }
}

/// How many numbers a layer keeps of each position.
struct CacheShape: Equatable, Sendable {
    let keyWidth: Int
    let valueWidth: Int
}

/// How a cache keeps its numbers.
enum CacheElement: Sendable {
    case float
    /// IEEE half: half the memory, and a rounding far below that of quantised weights.
    case half

    /// Size of a number, bytes.
    var byteCount: Int { self == .float ? 4 : 2 }

    /// The same in the kernels' words.
    var numbers: CachedAttention.Cache.Numbers { self == .float ? .float : .half }
}
