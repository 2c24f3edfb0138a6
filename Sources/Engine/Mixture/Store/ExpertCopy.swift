/// Memory for a copy of one weight expert's matrices; given back to the system with its last owner.
final class ExpertCopy: @unchecked Sendable {
    // One thread fills a copy before it is shown to others, which then only read.
    private let start: UnsafeMutableRawPointer

    /// Size, bytes.
    let byteCount: Int

    // A line of the processor's cache: no matrix shares one with another.
    private static let alignment = 64

    init(byteCount: Int) {
        self.byteCount = byteCount
        start = .allocate(byteCount: byteCount, alignment: Self.alignment)
    }

    deinit { start.deallocate() }

    /// Size of a copy of one expert of `stack`, bytes.
    static func byteCount(of stack: ExpertStack) -> Int {
        [stack.gate, stack.up, stack.down].reduce(0) { $0 + padded($1.byteCount / stack.shape.count) }
    }

    /// Reads the matrices of `weights` from their file into this memory, and gives them as they lie here. Throws
    /// `GGUFRefusal` when the file cannot be read any more.
    func fill(from weights: ExpertWeights) throws(GGUFRefusal) -> ExpertWeights {
        let up = start + Self.padded(weights.gate.byteCount)
        let down = up + Self.padded(weights.up.byteCount)
        return ExpertWeights(
            expert: weights.expert, gate: try weights.gate.read(into: start), up: try weights.up.read(into: up),
            down: try weights.down.read(into: down))
    }

    private static func padded(_ bytes: Int) -> Int { (bytes + alignment - 1) / alignment * alignment }
}
