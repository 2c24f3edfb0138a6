/// Memory that one pass after another takes its rows from, without asking the system each time.
///
/// Rows are taken in turn and given back all together: `scope` gives back what was taken inside it. Memory that a
/// pass outgrew is kept until the scope ends, so a view never moves.
final class WorkingMemory {
    private var blocks: [UnsafeMutableRawBufferPointer] = []
    private var current = 0
    private var used = 0

    /// Every piece begins at a cache line.
    private static let alignment = 64
    private static let smallestBlock = 1 << 20

    deinit {
        for block in blocks { block.deallocate() }
    }

    /// Bytes held, used or not.
    var byteCount: Int { blocks.reduce(0) { $0 + $1.count } }

    /// Uninitialised rows.
    func rows(_ count: Int, width: Int) -> ActivationRows {
        let bytes = bytes(count * width * MemoryLayout<Float>.stride)
        return ActivationRows(start: bytes.assumingMemoryBound(to: Float.self), count: count, width: width)
    }

    /// Uninitialised bytes, at least one cache line, aligned to one.
    func bytes(_ count: Int) -> UnsafeMutableRawPointer {
        let size = (max(count, 1) + Self.alignment - 1) / Self.alignment * Self.alignment
        while current < blocks.count {
            if let base = blocks[current].baseAddress, used + size <= blocks[current].count {
                defer { used += size }
                return base + used
            }
            current += 1
            used = 0
        }
        let block = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(size, max(Self.smallestBlock, byteCount)), alignment: Self.alignment)
        blocks.append(block)
        used = 0
        return bytes(count)
    }

    /// Runs `body` and takes back what it was given.
    func scope<Result, Failure>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let mark = (current, used)
        defer { (current, used) = mark }
        return try body()
    }
}
