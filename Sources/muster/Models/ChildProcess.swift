import Foundation
import Synchronization

/// Another program that works for this one: started with its arguments as they are (no shell), ended when the task that
/// waits for it is cancelled.
final class ChildProcess: Sendable {
    struct Outcome: Sendable {
        var status: Int32
        /// True if it was ended because it took too long.
        var isTooSlow: Bool
        /// The last line that it wrote to standard error, at most some hundred characters.
        var lastLine: String
    }

    private struct State {
        var process: Int32?
        var mustEnd = false
        var isTooSlow = false
        var isOver = false
    }

    private let path: String
    private let arguments: [String]
    private let folder: String
    private let environment: [String: String]
    private let state = Mutex(State())

    init(_ path: String, _ arguments: [String], folder: String, environment: [String: String]) {
        self.path = path
        self.arguments = arguments
        self.folder = folder
        self.environment = environment
    }

    /// Starts it once and waits for its end. Throws `CancellationError` when the task was cancelled.
    func run(within patience: Duration) async throws -> Outcome {
        let log = folder + "/stderr"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: log) ?? FileHandle.nullDevice
        let (ends, ending) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = {
            ending.yield($0.terminationStatus)
            ending.finish()
        }
        let clock = Task {
            try await Task.sleep(for: patience)
            self.end(isTooSlow: true)
        }
        defer { clock.cancel() }
        let status = try await withTaskCancellationHandler {
            try process.run()
            started(process.processIdentifier)
            // The stream would end at once for a cancelled task; the child's end is what is waited for.
            return await Task { await ends.first { _ in true } ?? 1 }.value
        } onCancel: {
            end(isTooSlow: false)
        }
        state.withLock { $0.isOver = true }
        try Task.checkCancellation()
        return Outcome(
            status: status, isTooSlow: state.withLock { $0.isTooSlow }, lastLine: Self.lastLine(ofFileAt: log))
    }

    private func started(_ process: Int32) {
        let mustEnd = state.withLock { state in
            state.process = process
            return state.mustEnd
        }
        if mustEnd { Self.end(process) }
    }

    private func end(isTooSlow: Bool) {
        let process = state.withLock { state -> Int32? in
            guard !state.isOver else { return nil }
            state.mustEnd = true
            state.isTooSlow = isTooSlow
            return state.process
        }
        if let process { Self.end(process) }
    }

    /// What it has begun goes with it, where it leads a group of its own.
    private static func end(_ process: Int32) {
        kill(getpgid(process) == process ? -process : process, SIGKILL)
    }

    private static func lastLine(ofFileAt path: String) -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? handle.close() }
        let end = (try? handle.seekToEnd()) ?? 0
        try? handle.seek(toOffset: end > 4096 ? end - 4096 : 0)
        let text = String(decoding: (try? handle.read(upToCount: 4096)) ?? Data(), as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) } ?? ""
        return String(line.prefix(300).filter { !($0.asciiValue.map { $0 < 32 || $0 == 127 } ?? false) })
    }
}
