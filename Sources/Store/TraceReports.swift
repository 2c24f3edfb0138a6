import Core
import Synchronization

/// Tells of failures in writing traces, each kind at most once a minute: a full disk must not fill the log as well.
final class TraceReports: Sendable {
    enum Kind: Hashable {
        /// More traces came than may wait.
        case overflow
        /// A trace came after the store was closed.
        case closed
        /// A batch will be tried again.
        case delayed(Fault.Code)
        /// A batch was given up.
        case lost(Fault.Code)
    }

    private static let silence = Duration.seconds(60)

    private let last = Mutex<[Kind: TimeSource.Instant]>([:])
    private let time: TimeSource
    private let report: @Sendable (Fault) -> Void

    init(time: TimeSource, report: @escaping @Sendable (Fault) -> Void) {
        self.time = time
        self.report = report
    }

    func tell(_ kind: Kind, _ fault: @autoclosure () -> Fault) {
        let now = time.now()
        let isDue = last.withLock { last in
            if let before = last[kind], now.offset - before.offset < Self.silence { return false }
            last[kind] = now
            return true
        }
        if isDue { report(fault()) }
    }
}

extension StoreFaults {
    func tracesWaiting(_ count: Int) -> Fault {
        Fault(
            .storeLocked, file, "\(count) traces wait to be written, so the newest is not kept",
            hint: "See whether the disk is slow or another program writes to the file")
    }

    func traceAfterClosing() -> Fault {
        Fault(.storeLocked, file, "a trace came after the store was closed, and is not kept")
    }

    func tracesLost(_ count: Int, after tries: Int, because fault: Fault) -> Fault {
        let what = count == 1 ? "a trace was" : "\(count) traces were"
        let when = tries == 1 ? "one try" : "\(tries) tries"
        return Fault(fault.code, file, "\(what) not kept after \(when)", causes: [fault])
    }
}
