import CCurl

/// Lets libcurl work on what is ready, and on nothing else: waiting sockets cost nothing, however many there are.
final class TransferDriver {
    let multi: UnsafeMutableRawPointer
    let watch: SocketWatch
    let sweep = TransferSweep()
    let spares = SpareHandles()
    /// The socket that each request was last seen on.
    private var sockets: [UnsafeMutableRawPointer: Int32] = [:]
    /// When libcurl wants to be called again whatever the sockets say.
    private var alarm: ContinuousClock.Instant?

    init(multi: UnsafeMutableRawPointer, watch: SocketWatch) {
        self.multi = multi
        self.watch = watch
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, context)
        ccurl_multi_set_pointer(multi, CURLMOPT_TIMERDATA, context)
        ccurl_multi_set_socket(multi) { easy, socket, what, context, _ in
            let isWanted = what != CURL_POLL_REMOVE
            let driver = TransferDriver.at(context)
            if isWanted, let easy { driver.sockets[easy] = socket }
            driver.watch.want(
                socket, read: isWanted && what & CURL_POLL_IN != 0, write: isWanted && what & CURL_POLL_OUT != 0)
            return 0
        }
        ccurl_multi_set_timer(multi) { _, milliseconds, context in
            TransferDriver.at(context).alarm = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
            return 0
        }
    }

    /// Waits for at most so long, and works on what is ready then.
    ///
    /// - Parameters:
    ///   - hasNews: transfers have been added or changed.
    ///   - awake: called once the wait is over.
    func drive(pause: Duration, hasNews: Bool, awake: () -> Void) {
        if hasNews { act(CURL_SOCKET_TIMEOUT, 0) }
        var pause = pause
        if let alarm { pause = min(pause, max(.zero, ContinuousClock.now.duration(to: alarm))) }
        watch.wait(milliseconds: Self.ceiling(pause), awake: awake) { ready in work(on: ready) }
        if let alarm, alarm <= .now {
            self.alarm = nil
            act(CURL_SOCKET_TIMEOUT, 0)
        }
    }

    /// Looks at connections without a request, before one of them is used again.
    func lookAtIdle() { watch.wait(milliseconds: 0, awake: {}) { ready in work(on: ready) } }

    /// A request has ended; where no other is on its connection, the connection is idle.
    func ended(_ easy: UnsafeMutableRawPointer) {
        guard let socket = sockets.removeValue(forKey: easy), !sockets.values.contains(socket) else { return }
        watch.idle(socket)
    }

    private func work(on ready: SocketWatch.Ready) {
        act(
            ready.socket,
            (ready.canRead ? CURL_CSELECT_IN : 0) | (ready.canWrite ? CURL_CSELECT_OUT : 0)
                | (ready.hasFailed ? CURL_CSELECT_ERR : 0))
    }

    private func act(_ socket: curl_socket_t, _ what: Int32) {
        var running: Int32 = 0
        curl_multi_socket_action(multi, socket, what, &running)
    }

    /// A wait is in whole milliseconds, and one too early would only be repeated.
    private static func ceiling(_ pause: Duration) -> Int32 {
        pause > .zero ? Int32(pause.milliseconds + 1) : 0
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> TransferDriver {
        guard let context else { preconditionFailure("libcurl hands back the context it was given") }
        return Unmanaged<TransferDriver>.fromOpaque(context).takeUnretainedValue()
    }
}
