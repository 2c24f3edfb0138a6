/// Says which clock of a transfer has run out, or how long until one may.
///
/// The connect clock is libcurl's own, because only libcurl knows when a request stops waiting for a free connection.
/// The idle clock runs only while the reader waits, so a slow reader is never mistaken for a silent server.
struct TransferClocks {
    enum State: Equatable {
        case fired(HTTPClocks.Name, after: Duration)
        case wait(Duration)
    }

    let clocks: HTTPClocks
    let began: ContinuousClock.Instant
    /// When the last bytes of the request went out; nil while there is no connection.
    let lastSent: ContinuousClock.Instant?
    /// Bytes of the body.
    let received: Int
    /// Since when the reader waits for more; nil while it does not.
    let waitingSince: ContinuousClock.Instant?

    func state(at now: ContinuousClock.Instant) -> State {
        var ends: [(HTTPClocks.Name, Duration, ContinuousClock.Instant)] = []
        if received == 0, let lastSent { ends.append((.firstByte, clocks.firstByte, lastSent + clocks.firstByte)) }
        if received > 0, let waitingSince { ends.append((.idle, clocks.idle, waitingSince + clocks.idle)) }
        let total = began + clocks.total
        ends.append((.total, clocks.total, total))
        for (name, length, end) in ends where end <= now { return .fired(name, after: length) }
        return .wait(ends.map { now.duration(to: $0.2) }.min() ?? now.duration(to: total))
    }
}
