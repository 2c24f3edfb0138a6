import Core

/// The order in which a gradient method sees its rows: every pass in a new seeded order, a few rows at a time.
struct ShuffledBatches {
    /// Few rows are seen more often than was asked for, until as many steps are made as a gradient method needs.
    static let leastSteps = 1_000

    private var order: [Int]
    private let size: Int
    private let steps: Int
    private var step = 0
    private var position = 0
    private var random: SeededRandom

    /// - Parameters:
    ///   - count: how many rows there are.
    ///   - size: how many of them make a batch; the last of a pass may have fewer.
    ///   - passes: how often every row is seen.
    init(count: Int, size: Int, passes: Int, seed: UInt64) {
        precondition(size > 0, "a batch has a row")
        order = Array(0..<count)
        self.size = size
        steps = count > 0 ? max(passes * ((count + size - 1) / size), Self.leastSteps) : 0
        random = SeededRandom(seed: seed)
    }

    /// The next rows, and the part of all steps that is still to be made, from 1 down to just above 0; nil at the end.
    mutating func next() -> (rows: ArraySlice<Int>, left: Float)? {
        guard step < steps else { return nil }
        if position >= order.count { position = 0 }
        if position == 0 { random.shuffle(&order) }
        let rows = order[position..<min(position + size, order.count)]
        let left = 1 - Float(step) / Float(steps)
        position += size
        step += 1
        return (rows, left)
    }
}
