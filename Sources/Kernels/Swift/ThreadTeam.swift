import CKernels

/// A fixed number of threads that share out the parts of one piece of work at a time, such as the rows of a matrix.
///
/// Parts are taken one by one by whichever thread is free, so a thread whose core is busy elsewhere holds nobody up.
/// Starting a piece costs about a microsecond while the threads are awake; a thread without work looks for some for
/// about 50 microseconds and then sleeps, so an idle team costs nothing.
public final class ThreadTeam: Sendable {
    /// How many threads work, the one that calls `run` among them.
    public let threadCount: Int

    // The C team takes calls from any thread, and its address never changes.
    private nonisolated(unsafe) let team: OpaquePointer

    /// A team of `threads`, at least 1; nil when the system gives no more threads.
    public init?(threads: Int) {
        guard threads >= 1, let team = ckernels_team_create(threads) else { return nil }
        self.threadCount = threads
        self.team = team
    }

    deinit {
        ckernels_team_destroy(team)
    }

    /// Calls `work` for every part in 0..<parts once and returns when all calls have returned.
    ///
    /// `thread` is below `threadCount` and differs between calls that run at the same time, so it may choose a working
    /// memory. Calls of `run` from several threads take turns. Laws the compiler does not check: `work` runs on several
    /// threads at once, so what its parts write must not overlap, and it must not call `run` of the same team.
    public func run(parts: Int, _ work: (_ part: Int, _ thread: Int) -> Void) {
        precondition(parts >= 0, "a piece of work has no negative number of parts")
        withoutActuallyEscaping(work) { work in
            var call = Call(work: work)
            withUnsafeMutablePointer(to: &call) { pointer in
                let perform: CKernelsWork = { context, part, thread in
                    context?.assumingMemoryBound(to: Call.self).pointee.work(part, thread)
                }
                ckernels_team_run(team, parts, perform, pointer)
            }
        }
    }

    /// The work behind the pointer that the C team hands from thread to thread.
    private struct Call {
        let work: (Int, Int) -> Void
    }
}
