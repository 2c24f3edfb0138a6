import CCurl
import Glibc
import Synchronization

/// The one thread that drives all transfers. Others hand it commands and wake it; it alone touches libcurl's handles.
final class TransferLoop: Sendable {
    private enum Command: Sendable {
        case start(Transfer)
        case resume(Transfer)
        case cancel(Transfer)
    }

    private struct State {
        var commands: [Command] = []
        var isStopped = false
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
        ccurl_multi_set_long(pointer, CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.connections)
        ccurl_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, limits.hostConnections)
        ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, limits.idleConnections)
        launch()
    }

    func start(_ transfer: Transfer) {
        if !send(.start(transfer)) { transfer.finish(.failure(.shutDown)) }
    }

    func resume(_ transfer: Transfer) { send(.resume(transfer)) }

    func cancel(_ transfer: Transfer) {
        transfer.finish(.failure(.cancelled))
        send(.cancel(transfer))
    }

    /// Ends the thread; everything under way fails with `shutDown`.
    func stop() {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            curl_multi_wakeup(multi.pointer)
        }
    }

    /// Hands over a command; false if the thread has stopped. Waking happens under the lock, because the thread frees
    /// the handle once it has seen `isStopped`.
    @discardableResult
    private func send(_ command: Command) -> Bool {
        state.withLock { state in
            guard !state.isStopped else { return false }
            state.commands.append(command)
            curl_multi_wakeup(multi.pointer)
            return true
        }
    }

    // MARK: The thread

    private func launch() {
        var thread = pthread_t()
        // The thread keeps the loop alive until it has stopped.
        let context = Unmanaged.passRetained(self).toOpaque()
        let result = pthread_create(&thread, nil, { context in
            guard let context else { return nil }
            Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
            return nil
        }, context)
        precondition(result == 0, "the system can start one thread")
        pthread_detach(thread)
    }

    private func run() {
        var active: [UnsafeMutableRawPointer: TransferHandle] = [:]
        while true {
            let (commands, isStopped) = state.withLock { state in
                defer { state.commands = [] }
                return (state.commands, state.isStopped)
            }
            for command in commands { carryOut(command, &active) }
            if isStopped { break }  // what has just been started fails below
            var running: Int32 = 0
            curl_multi_perform(multi.pointer, &running)
            collectFinished(&active)
            let pause = fireClocks(&active)
            curl_multi_poll(multi.pointer, nil, 0, Int32(pause), nil)
        }
        for handle in active.values { end(handle, .failure(.shutDown)) }
        active = [:]
        curl_multi_cleanup(multi.pointer)
    }

    private func carryOut(_ command: Command, _ active: inout [UnsafeMutableRawPointer: TransferHandle]) {
        switch command {
        case .start(let transfer):
            guard !transfer.isOver else { return }
            guard let handle = TransferHandle(transfer) else {
                return transfer.finish(.failure(.protocolFailure(reason: "libcurl has no memory for a request")))
            }
            active[handle.easy] = handle
            curl_multi_add_handle(multi.pointer, handle.easy)
        case .resume(let transfer):
            for handle in active.values where handle.transfer === transfer {
                curl_easy_pause(handle.easy, CURLPAUSE_CONT)
            }
        case .cancel(let transfer):
            for handle in active.values where handle.transfer === transfer {
                end(handle, .failure(.cancelled))
                active[handle.easy] = nil
            }
        }
    }

    private func collectFinished(_ active: inout [UnsafeMutableRawPointer: TransferHandle]) {
        var code = CURLE_OK
        while let easy = ccurl_next_finished(multi.pointer, &code) {
            guard let handle = active.removeValue(forKey: easy) else { continue }
            end(handle, code == CURLE_OK ? .success(()) : .failure(handle.failure(code)))
        }
    }

    private func end(_ handle: TransferHandle, _ result: Result<Void, TransportError>) {
        curl_multi_remove_handle(multi.pointer, handle.easy)
        handle.transfer.finish(result)
    }

    /// Ends transfers whose clock has run out; returns the milliseconds until the next one may.
    private func fireClocks(_ active: inout [UnsafeMutableRawPointer: TransferHandle]) -> Int {
        var pause = 1_000
        let now = ContinuousClock.now
        for handle in active.values {
            switch TransferClocks(handle).state(at: now) {
            case .fired(let name, let after):
                end(handle, .failure(.clockFired(name, after: after)))
                active[handle.easy] = nil
            case .wait(let rest): pause = min(pause, max(1, rest.milliseconds + 1))
            }
        }
        return pause
    }
}
