import NIOCore
import NIOPosix

/// Runs the tasks of requests on the event loops of their connections: from reading a question to writing its answer
/// nothing changes threads, so nobody has to be woken.
///
/// Whatever would keep a loop busy for long (a model, the store) has threads of its own.
final class LoopExecutor: TaskExecutor {
    private let group: any EventLoopGroup
    /// The group, if it is a single loop.
    private let only: (any EventLoop)?

    /// - Parameter group: one loop runs everything itself; of several, the one that hands a job in keeps it, and what
    ///   comes from elsewhere goes to each in turn.
    init(_ group: any EventLoopGroup) {
        self.group = group
        only = group as? any EventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        let loop = only ?? MultiThreadedEventLoopGroup.currentEventLoop ?? group.next()
        loop.execute { job.runSynchronously(on: executor) }
    }
}

/// The executors of all event loops of the program.
struct LoopExecutors: Sendable {
    /// Where it does not matter which loop.
    let any: LoopExecutor
    private let each: [ObjectIdentifier: LoopExecutor]

    init(_ group: any EventLoopGroup) {
        any = LoopExecutor(group)
        each = Dictionary(
            group.makeIterator().map { (ObjectIdentifier($0), LoopExecutor($0)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The executor of one loop; nil for a loop of somebody else.
    subscript(loop: any EventLoop) -> LoopExecutor? { each[ObjectIdentifier(loop)] }
}
