import CCurl
import Glibc

/// What runs on the loop's thread: it alone touches libcurl's handles.
struct TransferThread {
    /// The clocks of all transfers are looked at at least this often.
    static let longestPause = Duration.seconds(1)
    /// How long the thread sleeps when there is nothing to look at; any command wakes it.
    private static let quietPause = Duration.seconds(600)

    private let driver: TransferDriver
    private var table = TransferTable()
    /// When the clocks are looked at again.
    private var nextLook = ContinuousClock.now
    /// Those of which a part has still to be sent, as far as is known.
    private var sending: [TransferHandle] = []

    /// Told once of each transfer that was started.
    private let ended: (Transfer, Result<Void, TransportError>) -> Void

    init(driver: TransferDriver, ended: @escaping (Transfer, Result<Void, TransportError>) -> Void) {
        self.driver = driver
        self.ended = ended
    }

    /// - Parameters:
    ///   - commands: hands over what has been asked since the last call; the thread may sleep after it.
    ///   - awake: told when it does so no longer.
    mutating func run(commands: () -> TransferLoop.Commands, awake: () -> Void) {
        leaveSignals()
        while true {
            let asked = commands()
            if !asked.list.isEmpty { lookAtIdle() }
            for command in asked.list { carryOut(command) }
            if asked.isStopped { break }  // what has just been started fails below
            if asked.looksAtClocks { nextLook = .now }
            driver.drive(pause: asked.list.isEmpty ? pause : .zero, hasNews: !asked.list.isEmpty, awake: awake)
            collectFinished()
            driver.sweep.tell()
            fireClocks()
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
        guard !transfer.isOver else { return ended(transfer, .failure(.cancelled)) }
        do throws(TransportError) {
            let handle = try TransferHandle(transfer, driver: driver)
            let code = curl_multi_add_handle(driver.multi, handle.easy)
            guard code == CURLM_OK else {
                throw .protocolFailure(
                    reason: "libcurl takes no request: \(String(cString: curl_multi_strerror(code)))")
            }
            table.insert(handle)
            sending.append(handle)
            nextLook = min(nextLook, transfer.began + min(transfer.clocks.total, transfer.clocks.firstByte))
        } catch {
            ended(transfer, .failure(error))
        }
    }

    /// Looks at connections without a request before one of them is used again. What ends meanwhile leaves one more, and
    /// there may be more on it than its answer: it is looked at, too.
    private mutating func lookAtIdle() {
        repeat { driver.lookAtIdle() } while collectFinished()
    }

    /// False if nothing has ended.
    @discardableResult
    private mutating func collectFinished() -> Bool {
        var hasFinished = false
        var code = CURLE_OK
        while let easy = ccurl_next_finished(driver.multi, &code) {
            hasFinished = true
            guard let handle = table[easy] else { continue }
            end(handle, code == CURLE_OK ? .success(()) : .failure(handle.failure(code)))
        }
        return hasFinished
    }

    private mutating func end(_ handle: TransferHandle, _ result: Result<Void, TransportError>) {
        curl_multi_remove_handle(driver.multi, handle.easy)
        driver.ended(handle.easy)
        table.remove(handle)
        ended(handle.transfer, result)
    }

    /// How long the thread may sleep.
    private var pause: Duration {
        if table.isEmpty { return Self.quietPause }
        return max(.zero, ContinuousClock.now.duration(to: nextLook))
    }

    /// Ends transfers whose clock has run out. All clocks are looked at only when the first of them may have; with
    /// thousands of streams anything done for each of them at each event is too much.
    private mutating func fireClocks() {
        guard !table.isEmpty else { return sending.removeAll() }
        let now = ContinuousClock.now
        noteSent(at: now)
        guard now >= nextLook else { return }
        nextLook = now + Self.longestPause
        for handle in table.handles {
            switch handle.clocks.state(at: now) {
            case .fired(let name, let after): end(handle, .failure(.clockFired(name, after: after)))
            case .wait(let rest): nextLook = min(nextLook, now + rest)
            }
        }
    }

    /// The clock of the first byte begins with the last byte sent.
    private mutating func noteSent(at now: ContinuousClock.Instant) {
        guard !sending.isEmpty else { return }
        sending.removeAll { handle in
            guard !handle.transfer.isOver else { return true }
            let isSent = handle.noteSent(at: now)
            if isSent { nextLook = min(nextLook, now + handle.transfer.clocks.firstByte) }
            return isSent
        }
    }
}
