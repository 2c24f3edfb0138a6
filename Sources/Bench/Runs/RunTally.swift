import Core
import Synchronization

/// Counts what a run has, for its progress; lanes add to it together.
final class RunTally: Sendable {
    private struct State {
        /// Answers that the run needs, as far as is known.
        var total: Int
        var done: Int
        var cut: Int
        var failed: Int
        var dollars: Double
        var queues: [RunProgress.Queue]
        var latest = 0
    }

    private let state: Mutex<State>

    /// - Parameter queues: how many answers each expert still has to give, in the order of the visits.
    init(_ answers: [RunAnswer], total: Int, queues: [(expert: ExpertID, jobs: Int)]) {
        state = Mutex(
            State(
                total: total, done: answers.count, cut: answers.count { $0.answer?.finish == .length },
                failed: answers.count { $0.answer == nil }, dollars: answers.reduce(0) { $0 + $1.dollars },
                queues: Self.merged(queues)))
    }

    private static func merged(_ queues: [(expert: ExpertID, jobs: Int)]) -> [RunProgress.Queue] {
        var merged: [RunProgress.Queue] = []
        for queue in queues {
            if let place = merged.firstIndex(where: { $0.expert == queue.expert }) {
                merged[place].total += queue.jobs
            } else {
                merged.append(RunProgress.Queue(expert: queue.expert, done: 0, total: queue.jobs, isOpen: false))
            }
        }
        return merged
    }

    /// A visit begins or ends.
    func visit(_ expert: ExpertID, isOpen: Bool) {
        state.withLock { state in
            guard let place = state.queues.firstIndex(where: { $0.expert == expert }) else { return }
            state.queues[place].isOpen = isOpen
            if isOpen { state.latest = place }
        }
    }

    func add(_ answer: RunAnswer) -> RunProgress {
        state.withLock { state in
            state.done += 1
            if answer.answer?.finish == .length { state.cut += 1 }
            if answer.answer == nil { state.failed += 1 }
            state.dollars += answer.dollars
            if let place = state.queues.firstIndex(where: { $0.expert == answer.expert }) {
                state.queues[place].done += 1
                state.latest = place
            }
            let latest = state.queues.indices.contains(state.latest) ? state.queues[state.latest] : nil
            return RunProgress(
                done: state.done, total: state.total, expert: latest?.expert ?? answer.expert,
                expertDone: latest?.done ?? 0, expertTotal: latest?.total ?? 0, cut: state.cut, failed: state.failed,
                dollars: state.dollars, queues: state.queues)
        }
    }
}
