import CCurl
import Glibc

/// What runs on the loop's thread: it alone touches libcurl's handles.
struct TransferThread {
    /// The clocks of all transfers are looked at at least this often.
    static let longestPause = Duration.seconds(1)
    /// How long the thread sleeps when there is nothing to look at; any command wakes it.
    private static let quietPause = Duration.seconds(600)

    private let multi: UnsafeMutableRawPointer
    private var table = TransferTable()

    init(multi: UnsafeMutableRawPointer) { self.multi = multi }

    /// - Parameter commands: hands over what has been asked since the last call, and whether it is time to stop.
    mutating func run(commands: () -> (list: [TransferLoop.Command], isStopped: Bool)) {
        leaveSignals()
        while true {
            let (list, isStopped) = commands()
            for command in list { carryOut(command) }
            if isStopped { break }  // what has just been started fails below
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            collectFinished()
            curl_multi_poll(multi, nil, 0, Int32(fireClocks().milliseconds), nil)
        }
        for handle in table.handles { end(handle, .failure(.shutDown)) }
    }

    /// Signals belong to other threads; and a TLS connection closed by its peer must be an error here, not SIGPIPE.
    private func leaveSignals() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
    }

    private mutating func carryOut(_ command: TransferLoop.Command) {
        switch command {
        case .start(let transfer): start(transfer)
        case .resume(let transfer):
            guard let handle = table[transfer] else { return }
            let code = curl_easy_pause(handle.easy, CURLPAUSE_CONT)
            if code != CURLE_OK { end(handle, .failure(handle.failure(code))) }
        case .cancel(let transfer):
            if let handle = table[transfer] { end(handle, .failure(.cancelled)) }
        }
    }

    private mutating func start(_ transfer: Transfer) {
        guard !transfer.isOver else { return }
        do throws(TransportError) {
            let handle = try TransferHandle(transfer)
            let code = curl_multi_add_handle(multi, handle.easy)
            guard code == CURLM_OK else {
                throw .protocolFailure(
                    reason: "libcurl takes no request: \(String(cString: curl_multi_strerror(code)))")
            }
            table.insert(handle)
        } catch {
            transfer.finish(.failure(error))
        }
    }

    private mutating func collectFinished() {
        var code = CURLE_OK
        while let easy = ccurl_next_finished(multi, &code) {
            guard let handle = table[easy] else { continue }
            end(handle, code == CURLE_OK ? .success(()) : .failure(handle.failure(code)))
        }
    }

    private mutating func end(_ handle: TransferHandle, _ result: Result<Void, TransportError>) {
        curl_multi_remove_handle(multi, handle.easy)
        table.remove(handle)
        handle.transfer.finish(result)
    }

    /// Ends transfers whose clock has run out; returns how long until the next one may.
    private mutating func fireClocks() -> Duration {
        guard !table.isEmpty else { return Self.quietPause }
        var pause = Self.longestPause
        let now = ContinuousClock.now
        for handle in table.handles {
            switch handle.clocks(at: now).state(at: now) {
            case .fired(let name, let after): end(handle, .failure(.clockFired(name, after: after)))
            // A poll is in whole milliseconds, and one too early would only be repeated.
            case .wait(let rest): pause = min(pause, rest + .milliseconds(1))
            }
        }
        return pause
    }
}
