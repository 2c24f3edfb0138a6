import Bench
import Core
import Foundation
import Synchronization

/// Shows how a run is doing: on a terminal a block that is redrawn, with rate, remaining time, spend and every expert's
/// queue; elsewhere a plain line now and then.
final class RunPanel: Sendable {
    private struct State {
        var lastShown = -Double.infinity
        /// Answers that were there when this program began: they say nothing about its pace.
        var before: Int?
        var drawnLines = 0
    }

    private let time: TimeSource
    private let started: TimeSource.Instant
    private let isTerminal: Bool
    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    init(
        time: TimeSource, isTerminal: Bool = Output.isWatched,
        write: @escaping @Sendable (String) -> Void = Output.error
    ) {
        self.time = time
        self.isTerminal = isTerminal
        self.write = write
        started = time.now()
    }

    func show(_ progress: RunProgress) {
        let elapsed = time.seconds(since: started)
        let text = state.withLock { state -> String? in
            let before = state.before ?? max(0, progress.done - 1)
            state.before = before
            guard progress.done == progress.total || elapsed - state.lastShown >= (isTerminal ? 0.2 : 15) else {
                return nil
            }
            state.lastShown = elapsed
            let lines = Self.lines(progress, fresh: progress.done - before, elapsed: elapsed, isTerminal: isTerminal)
            guard isTerminal else { return lines.joined(separator: "; ") + "\n" }
            let up = state.drawnLines > 1 ? "\u{1B}[\(state.drawnLines - 1)A" : ""
            state.drawnLines = lines.count
            return "\r" + up + lines.map { "\u{1B}[2K" + $0 }.joined(separator: "\n")
        }
        if let text { write(text) }
    }

    /// Leaves what is drawn as it is.
    func end() {
        let wasDrawn = state.withLock { state in
            defer { state.drawnLines = 0 }
            return state.drawnLines > 0
        }
        if wasDrawn { write("\n") }
    }

    static func lines(_ progress: RunProgress, fresh: Int, elapsed: Double, isTerminal: Bool) -> [String] {
        let rate = elapsed > 0 ? Double(fresh) / elapsed : 0
        let left = rate > 0 ? ", \((Double(progress.total - progress.done) / rate).asDuration) left" : ""
        let pace = rate >= 1 ? "\(rate.decimals(1))/s" : "\((rate * 60).decimals(1))/min"
        let head =
            "\(isTerminal ? bar(progress.done, progress.total) : "progress") \(progress.done)/\(progress.total)  "
            + "\(elapsed.asDuration)\(progress.done < progress.total ? left : "")  \(pace)  "
            + "$\(progress.dollars.decimals(6))  \(progress.cut) cut, \(progress.failed) failed"
        guard isTerminal else {
            return [head] + progress.queues.filter(\.isOpen).map { "\($0.expert) \($0.done)/\($0.total)" }
        }
        let width = progress.queues.map { $0.expert.rawValue.count }.max() ?? 0
        return [head]
            + progress.queues.prefix(12).map { queue in
                let name = queue.expert.rawValue.padding(toLength: width, withPad: " ", startingAt: 0)
                let state = queue.isOpen ? "being asked" : queue.done >= queue.total ? "done" : "waiting"
                return "  \(name)  \(bar(queue.done, queue.total)) \(queue.done)/\(queue.total)  \(state)"
            }
    }

    private static func bar(_ done: Int, _ total: Int) -> String {
        let full = total > 0 ? min(24, done * 24 / total) : 24
        return "[" + String(repeating: "█", count: full) + String(repeating: "·", count: 24 - full) + "]"
    }
}
