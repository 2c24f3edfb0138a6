import Foundation
import UnixSignals

/// Says how to go on when a long job is stopped from the keyboard or by the system, and ends the program.
///
/// Everything is committed as it arrives, so that nothing has to be saved here.
final class StopHint: Sendable {
    private let watch: Task<Void, Never>

    /// - Parameter text: what to do next.
    init(_ text: String) {
        watch = Task.detached {
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
                Output.remark("\nmuster: stopped; \(text)")
                Foundation.exit(130)
            }
        }
    }

    /// The job is done: signals mean what they mean everywhere.
    func withdraw() { watch.cancel() }
}
