import Kernels

/// Where a pass is computed: the threads, their scratch, and the memory that rows come from. One pass at a time.
final class Workbench {
    /// The threads that share the work.
    let team: ThreadTeam

    /// Where rows come from.
    let memory = WorkingMemory()

    private let scratch: UnsafeMutableRawPointer
    private let scratchBytes: Int

    init(team: ThreadTeam) {
        self.team = team
        scratchBytes = (RowsProduct.scratchBytes + 63) / 64 * 64
        scratch = .allocate(byteCount: scratchBytes * team.threadCount, alignment: 64)
    }

    deinit { scratch.deallocate() }

    /// Working memory of one thread, for a product.
    func scratch(of thread: Int) -> UnsafeMutableRawPointer { scratch + thread * scratchBytes }

    /// Does `work` for each row of 0..<count, in parts that are worth a thread's while.
    func forEach(_ count: Int, _ work: (Int) -> Void) {
        guard count > 1 else {
            if count == 1 { work(0) }
            return
        }
        let parts = min(count, team.threadCount * 4)
        team.run(parts: parts) { part, _ in
            for index in count * part / parts..<count * (part + 1) / parts { work(index) }
        }
    }
}
