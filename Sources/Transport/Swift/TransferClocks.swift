/// Says which clock of a transfer has run out, or how long until one may.
struct TransferClocks {
    enum State {
        case fired(HTTPClocks.Name, after: Duration)
        case wait(Duration)
    }

    /// How often a connection that does not stand yet is looked at again.
    private static let connecting = Duration.milliseconds(20)

    private let clocks: HTTPClocks
    private let began: ContinuousClock.Instant
    private let connectedAfter: Duration?
    private let received: Int
    private let waitingSince: ContinuousClock.Instant?

    init(_ handle: TransferHandle) {
        clocks = handle.transfer.request.clocks
        began = handle.transfer.began
        connectedAfter = handle.connectedAfter
        (received, waitingSince) = handle.transfer.hunger
    }

    /// The connect clock is libcurl's own; the others are kept here. The idle clock runs only while the reader waits, so
    /// a slow reader is never mistaken for a silent server.
    func state(at now: ContinuousClock.Instant) -> State {
        var ends: [(HTTPClocks.Name, Duration, ContinuousClock.Instant)] = [(.total, clocks.total, began + clocks.total)]
        if received == 0, let connectedAfter {
            ends.append((.firstByte, clocks.firstByte, began + connectedAfter + clocks.firstByte))
        }
        if received > 0, let waitingSince { ends.append((.idle, clocks.idle, waitingSince + clocks.idle)) }
        for (name, length, end) in ends where end <= now { return .fired(name, after: length) }
        let next = ends.map { now.duration(to: $0.2) }.min() ?? Self.connecting
        return .wait(connectedAfter == nil ? min(next, Self.connecting) : next)
    }
}
