import Bench
import Core
import Foundation
import Sandbox

/// Runs answers that are Python programs, each locked up in a process of its own.
struct LockedPython: ProgramRunner {
    private let program: LockedProgram

    /// The system's Python. Throws a `Fault` if there is none, or the kernel cannot lock programs up.
    init() throws {
        if let obstacle = LockedProgram.obstacle {
            throw Fault(
                .unsupported, "programs", "cannot be locked up here: \(obstacle)",
                expected: "Answers that are programs are run only without network, files and other processes",
                hint: "Linux 5.13 or newer with seccomp and Landlock can")
        }
        let found = try Self.interpreter()
        program = LockedProgram(path: found.path, arguments: ["-I", "-"], readable: found.folders)
    }

    func run(python text: String) async throws -> ProgramEnd {
        // A program that leaves early, with status 0, has passed nothing: it must come to its last line.
        let mark = "passed-\(String(WallClock.entropy(), radix: 16))"
        let whole = text + "\n\nimport sys as _sys\n_sys.stderr.write(\"\\n\(mark)\\n\")\n"
        let outcome = await program.run(input: Array(whole.utf8))
        let lines = outcome.error.split(whereSeparator: \.isNewline).map(String.init)
        switch outcome.ending {
        case .exited(status: 0) where lines.last == mark: return .passed
        case .exited(status: 0): return .failed("ended before its tests")
        case .exited: return .failed(String((lines.last ?? "").prefix(200)))
        case .timedOut: return .timedOut
        case .signalled(SIGXCPU), .signalled(SIGKILL): return .stopped("used more time than it may")
        case .signalled(let number): return .stopped("was ended by signal \(number)")
        case .refused(let step, let because):
            throw Fault(.unsupported, "programs", "cannot be locked up here: \(step): \(because)")
        }
    }

    /// Where Python really is: what stands in `PATH` may be a script that looks for it.
    private static func interpreter() throws -> (path: String, folders: [String]) {
        let launcher = try PythonInterpreter.find().path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: launcher)
        process.arguments = [
            "-I", "-c", "import sys; print(sys.executable); print(sys.base_prefix); print(sys.prefix)",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        do { try process.run() } catch {
            throw Fault(.unsupported, launcher, "cannot be started: \(error.localizedDescription)")
        }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
        guard lines.count == 3, lines[0].hasPrefix("/") else {
            throw Fault(.unsupported, launcher, "does not say where it is", hint: "Is it Python 3?")
        }
        let real = (lines[0] as NSString).resolvingSymlinksInPath
        return (lines[0], Array(Set(lines[1...] + [lines[0], real])).sorted())
    }
}
