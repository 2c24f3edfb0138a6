import Foundation
import Synchronization

/// A program that has been started; what it writes goes to files, so that it never waits for a reader.
final class RunningProgram: @unchecked Sendable {
    private let process = Process()
    /// Keeps the folder for as long as something runs in it.
    private let program: Program
    private let output: String
    private let errors: String

    init(_ path: String, _ arguments: [String], of program: Program, environment: [String: String]) throws {
        self.program = program
        let folder = program.folder
        let name = UUID().uuidString
        output = "\(folder)/\(name).out"
        errors = "\(folder)/\(name).err"
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("MUSTER_") }.merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// Waits for the end.
    func end() async -> Program.Outcome {
        while process.isRunning { try? await Task.sleep(for: .milliseconds(5)) }
        return Program.Outcome(status: process.terminationStatus, output: text(output), errors: text(errors))
    }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    var isRunning: Bool { process.isRunning }

    /// What it has written to standard error so far.
    var remarks: String { text(errors) }

    private func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}
