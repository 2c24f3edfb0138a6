import CCurl
import Glibc
import Synchronization

/// The way to a thread that drives transfers: others hand it commands and wake it.
final class TransferLoop: Sendable {
    enum Command: Sendable {
        case start(Transfer)
        case resume(Transfer)
        case cancel(Transfer)
    }

    /// What the thread is asked to do.
    struct Commands: Sendable {
        var list: [Command] = []
        var isStopped = false
        /// A clock shorter than the thread's longest pause has begun.
        var looksAtClocks = false
    }

    /// libcurl's multi handle; only the thread touches what it points to.
    private struct Multi: @unchecked Sendable {
        let pointer: UnsafeMutableRawPointer
    }

    private let multi: Multi
    private let commands = Mutex(Commands())
    private let thread = Mutex<pthread_t?>(nil)
    private let bell = Bell()
    /// The thread waits, or is about to: whoever has a command for it rings.
    private let isAsleep = Atomic(false)
    private let count = Atomic(0)

    init(limits: HTTPTransport.Limits) {
        guard CurlGlobal.isReady, let pointer = curl_multi_init() else {
            preconditionFailure("libcurl starts: there is memory for one handle")
        }
        multi = Multi(pointer: pointer)
        ccurl_multi_set_long(pointer, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        ccurl_multi_set_long(pointer, CURLMOPT_MAX_TOTAL_CONNECTIONS, max(1, limits.connections))
        ccurl_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, max(1, limits.hostConnections))
        ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, max(1, limits.idleConnections))
        launch()
    }

    /// Transfers that have been started here and have not ended.
    var transferCount: Int { count.load(ordering: .relaxed) }

    func start(_ transfer: Transfer) {
        count.add(1, ordering: .relaxed)
        if !send(.start(transfer)) { ended(transfer, .failure(.shutDown)) }
    }

    /// Ends a transfer that was started here; it is counted no more when its reader is told.
    private func ended(_ transfer: Transfer, _ result: Result<Void, TransportError>) {
        count.subtract(1, ordering: .relaxed)
        transfer.finish(result)
    }

    func resume(_ transfer: Transfer) { send(.resume(transfer)) }

    /// Hangs up, unless the transfer has ended already.
    func cancel(_ transfer: Transfer) {
        if transfer.finish(.failure(.cancelled)) { send(.cancel(transfer)) }
    }

    /// Makes the thread look at the clocks now.
    func look() {
        commands.withLock { $0.looksAtClocks = true }
        wake()
    }

    /// Ends the thread and waits for it; everything under way fails with `shutDown`.
    func stop() {
        let isFirst = commands.withLock { commands in
            defer { commands.isStopped = true }
            return !commands.isStopped
        }
        guard isFirst, let thread = thread.withLock({ $0 }) else { return }
        wake()
        // The thread itself may have held the last reference to the transport.
        if pthread_equal(thread, pthread_self()) != 0 { pthread_detach(thread) } else { pthread_join(thread, nil) }
    }

    /// Hands over a command; false if the thread has stopped.
    @discardableResult
    private func send(_ command: Command) -> Bool {
        let isTaken = commands.withLock { commands in
            guard !commands.isStopped else { return false }
            commands.list.append(command)
            return true
        }
        if isTaken { wake() }
        return isTaken
    }

    /// A thread that is at work sees its commands without being woken.
    private func wake() {
        if isAsleep.exchange(false, ordering: .sequentiallyConsistent) { bell.ring() }
    }

    private func launch() {
        var thread = pthread_t()
        // The thread keeps the loop alive until it has stopped.
        let context = Unmanaged.passRetained(self).toOpaque()
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context)
        precondition(result == 0, "the system can start one thread")
        let started = thread
        self.thread.withLock { $0 = started }
    }

    private func run() {
        ccurl_name_thread("transfers")
        let watch = SocketWatch(bell: bell)
        let driver = TransferDriver(multi: multi.pointer, watch: watch)
        var thread = TransferThread(driver: driver, ended: ended)
        thread.run(
            commands: {
                // First the word that it is about to sleep, then the look: a command that comes between them rings.
                isAsleep.store(true, ordering: .sequentiallyConsistent)
                return commands.withLock { commands in
                    let asked = commands
                    (commands.list, commands.looksAtClocks) = ([], false)
                    return asked
                }
            },
            awake: { isAsleep.store(false, ordering: .sequentiallyConsistent) })
        curl_multi_cleanup(multi.pointer)
        // libcurl has told them of its last sockets.
        withExtendedLifetime((driver, watch)) {}
    }
}
