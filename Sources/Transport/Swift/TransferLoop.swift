import CCurl
import Glibc
import Synchronization

/// The way to the one thread that drives all transfers: others hand it commands and wake it.
final class TransferLoop: Sendable {
    enum Command: Sendable {
        case start(Transfer)
        case resume(Transfer)
        case cancel(Transfer)
    }

    private struct State {
        var commands: [Command] = []
        var isStopped = false
        var thread: pthread_t?
    }

    /// libcurl's multi handle; the pointer itself may be shared, and `curl_multi_wakeup` may be called from any thread.
    private struct Multi: @unchecked Sendable {
        let pointer: UnsafeMutableRawPointer
    }

    private let multi: Multi
    private let state = Mutex(State())

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

    func start(_ transfer: Transfer) {
        if !send(.start(transfer)) { transfer.finish(.failure(.shutDown)) }
    }

    func resume(_ transfer: Transfer) { send(.resume(transfer)) }

    /// Hangs up, unless the transfer has ended already.
    func cancel(_ transfer: Transfer) {
        if transfer.finish(.failure(.cancelled)) { send(.cancel(transfer)) }
    }

    /// Makes the thread look at the clocks now.
    func wake() {
        state.withLock { state in
            if !state.isStopped { curl_multi_wakeup(multi.pointer) }
        }
    }

    /// Ends the thread and waits for it; everything under way fails with `shutDown`.
    func stop() {
        let thread = state.withLock { state -> pthread_t? in
            guard !state.isStopped else { return nil }
            state.isStopped = true
            curl_multi_wakeup(multi.pointer)
            return state.thread
        }
        guard let thread else { return }
        // The thread itself may have held the last reference to the transport.
        if pthread_equal(thread, pthread_self()) != 0 { pthread_detach(thread) } else { pthread_join(thread, nil) }
    }

    /// Hands over a command; false if the thread has stopped. Waking happens under the lock, because the thread frees
    /// libcurl's handle once it has seen `isStopped`.
    @discardableResult
    private func send(_ command: Command) -> Bool {
        state.withLock { state in
            guard !state.isStopped else { return false }
            state.commands.append(command)
            if state.commands.count == 1 { curl_multi_wakeup(multi.pointer) }
            return true
        }
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
        state.withLock { $0.thread = started }
    }

    private func run() {
        var thread = TransferThread(multi: multi.pointer)
        thread.run {
            state.withLock { state in
                defer { state.commands = [] }
                return (state.commands, state.isStopped)
            }
        }
        curl_multi_cleanup(multi.pointer)
    }
}
