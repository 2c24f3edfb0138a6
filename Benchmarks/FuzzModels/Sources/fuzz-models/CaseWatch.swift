import Foundation
import Synchronization

/// Keeps the count of the cases in a file, where it outlives a crash, and ends the process when a case takes long.
final class CaseWatch: Sendable {
    private struct State {
        var index = 0
        var begun: ContinuousClock.Instant?
        var counts: [FileTrial.Outcome: Int] = [:]
        var slowest: Duration = .zero
    }

    private let state = Mutex(State())
    private let descriptor: Int32

    /// Longest time for a case.
    private static let limit: Duration = .seconds(10)

    /// What the process ends with when a case took longer.
    private static let hangCode: Int32 = 99

    init(file: String) {
        descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        let thread = Thread { [self] in
            while true {
                usleep(200_000)
                let begun = state.withLock { $0.begun }
                if let begun, begun.duration(to: .now) > Self.limit { _exit(Self.hangCode) }
            }
        }
        thread.start()
    }

    func begin(_ index: Int) {
        state.withLock { state in
            (state.index, state.begun) = (index, .now)
            write(next: index, state)
        }
    }

    func end(_ index: Int, _ outcome: FileTrial.Outcome) {
        state.withLock { state in
            if let begun = state.begun { state.slowest = max(state.slowest, begun.duration(to: .now)) }
            state.begun = nil
            state.counts[outcome, default: 0] += 1
        }
    }

    /// Says that all is done.
    func finish(at index: Int) { state.withLock { write(next: index, $0) } }

    /// One line: the case that comes next, the counts of the outcomes, the slowest case in milliseconds.
    private func write(next index: Int, _ state: State) {
        let counts = FileTrial.Outcome.allCases.map { "\(state.counts[$0] ?? 0)" }.joined(separator: " ")
        let line = "\(index) \(counts) \(Int(state.slowest / .milliseconds(1)))\n"
        _ = line.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }
}
