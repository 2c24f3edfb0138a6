import Core
import Synchronization

/// What the limits of a client's key mean for the lines of its batch that are answered together.
///
/// A line that meets the key's rate, or an expert's full queue, waits for the next round: nothing in a batch is urgent. One
/// that its budget refuses is tried again as long as other lines got through, because what those had set aside may be free
/// by then; once none does, the refusal is its result.
final class BatchRound: Sendable {
    private struct State {
        var hasProgress = false
        var refused: [(line: BatchLine, result: BatchWork.Result)] = []
        var wait: Double?
    }

    /// A round never waits longer, whatever is advised, in seconds.
    private static let longestWait = 60.0

    private let state = Mutex(State())

    /// False if the line stays open, or waits for the end of the round.
    func isFinal(_ result: BatchWork.Result, of line: BatchLine) -> Bool {
        state.withLock { state in
            switch result.fault?.code {
            case .rateLimited, .overloaded:
                let wait = result.fault?.retryAfterSeconds ?? Self.longestWait
                state.wait = min(state.wait ?? Self.longestWait, max(1, wait))
                return false
            case .quotaUsedUp:
                state.refused.append((line, result))
                return false
            default:
                state.hasProgress = true
                return true
            }
        }
    }

    /// Lines whose refusal is final: nothing else took anything from the budget.
    var refusals: [(line: BatchLine, result: BatchWork.Result)] {
        state.withLock { $0.hasProgress || $0.wait != nil ? [] : $0.refused }
    }

    /// Until there is room again; nil if it had all along.
    var pause: Duration? { state.withLock { $0.wait.map { .seconds($0) } } }
}
