import ArgumentParser
import Foundation
import Logging
import Server
import Synchronization

/// How lines of the log are written.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json

    /// From here on every line of the log has this form, remarks among them.
    func begin() {
        switch self {
        case .text: LoggingSystem.bootstrap(StreamLogHandler.standardError)
        case .json:
            Output.remarksAreJSON.store(true, ordering: .relaxed)
            LoggingSystem.bootstrap { _ in JSONLogHandler(now: { Date() }, write: Output.error) }
        }
    }
}
