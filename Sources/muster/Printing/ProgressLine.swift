import Core
import Foundation
import Synchronization

/// Shows how far a long job is: one line that is redrawn on a terminal, a plain line now and then elsewhere.
final class ProgressLine: Sendable {
    private struct State {
        var lastShown = -Double.infinity
        var isDrawn = false
    }

    private let time: TimeSource
    private let started: TimeSource.Instant
    private let isTerminal: Bool
    private let state = Mutex(State())

    init(time: TimeSource, isTerminal: Bool = Output.isWatched) {
        self.time = time
        self.isTerminal = isTerminal
        started = time.now()
    }

    /// Shows `done` of `total`; calls that come too soon after the last one show nothing, but the end is always shown.
    func show(done: Int, total: Int, detail: String) {
        let elapsed = time.seconds(since: started)
        let pause = isTerminal ? 0.1 : 15.0
        let isDue = state.withLock { state in
            guard done == total || elapsed - state.lastShown >= pause else { return false }
            state.lastShown = elapsed
            state.isDrawn = true
            return true
        }
        guard isDue else { return }
        let rest =
            done > 0 && done < total ? ", \((elapsed / Double(done) * Double(total - done)).asDuration) left" : ""
        let text = "\(bar(done, total)) \(done)/\(total)  \(elapsed.asDuration)\(rest)  \(detail)"
        let drawn = isTerminal ? "\r\u{1B}[2K" + text.prefix(terminalWidth) : text + "\n"
        FileHandle.standardError.write(Data(drawn.utf8))
    }

    /// Ends the redrawn line.
    func end() {
        let wasDrawn = state.withLock { state in
            defer { state.isDrawn = false }
            return state.isDrawn
        }
        if isTerminal, wasDrawn { Output.remark("") }
    }

    private func bar(_ done: Int, _ total: Int) -> String {
        guard isTerminal else { return "progress" }
        let width = 24
        let full = total > 0 ? done * width / total : width
        return "[" + String(repeating: "█", count: full) + String(repeating: "·", count: width - full) + "]"
    }

    private var terminalWidth: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20 ? Int(size.ws_col) - 1 : 100
    }
}
