import CSandbox
import Dispatch
import Glibc

/// A program that nobody has vouched for, run locked up by the kernel: no network, no writing, no other processes, and so
/// much memory and time and no more.
public struct LockedProgram: Sendable {
    /// What it may use.
    public struct Limits: Sendable, Hashable {
        /// Bytes of addresses.
        public var memory: UInt64
        public var cpuSeconds: UInt32
        public var wallMilliseconds: UInt32
        public var openFiles: UInt32

        public init(
            memory: UInt64 = 1 << 30, cpuSeconds: UInt32 = 10, wallMilliseconds: UInt32 = 15_000, openFiles: UInt32 = 64
        ) {
            self.memory = memory
            self.cpuSeconds = cpuSeconds
            self.wallMilliseconds = wallMilliseconds
            self.openFiles = openFiles
        }
    }

    /// How it ended.
    public enum Ending: Sendable, Hashable {
        case exited(status: Int32)
        case signalled(Int32)
        case timedOut
        /// The kernel could not lock it up, so it was not begun: what was missing, and why.
        case refused(step: String, because: String)
    }

    public struct Outcome: Sendable, Hashable {
        public var ending: Ending
        /// The end of what it wrote to its error stream, at most 4 KiB.
        public var error: String
    }

    /// The program's file.
    public var path: String
    public var arguments: [String]
    /// Paths below which it may read.
    public var readable: [String]
    public var limits: Limits

    /// What a program that is linked to the system's libraries has to read.
    public static let systemPaths = [
        "/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/zero",
        "/dev/urandom",
    ]

    public init(path: String, arguments: [String] = [], readable: [String] = [], limits: Limits = Limits()) {
        self.path = path
        self.arguments = arguments
        self.readable = readable
        self.limits = limits
    }

    /// What this kernel lacks to lock a program up; nil if nothing.
    public static var obstacle: String? {
        var step: UnsafePointer<CChar>?
        let problem = muster_sandbox_check(&step)
        guard problem != 0 else { return nil }
        return "\(step.map { String(cString: $0) } ?? ""): \(String(cString: strerror(problem)))"
    }

    /// Runs it to its end with `input` as its standard input.
    public func run(input: [UInt8]) async -> Outcome {
        // It waits for a child: not on a thread that tasks share.
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: runNow(input)) }
        }
    }

    private func runNow(_ input: [UInt8]) -> Outcome {
        var error = [CChar](repeating: 0, count: 4_096)
        var most = muster_sandbox_limits(
            memory_bytes: limits.memory, cpu_seconds: limits.cpuSeconds, wall_milliseconds: limits.wallMilliseconds,
            open_files: limits.openFiles)
        let result = Self.withTexts([path] + arguments) { arguments in
            Self.withTexts(["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent"]) { environment in
                Self.withTexts(Self.systemPaths + readable) { readable in
                    input.withUnsafeBytes { bytes in
                        error.withUnsafeMutableBufferPointer { kept in
                            muster_sandbox_run(
                                arguments, environment, readable, bytes.baseAddress, bytes.count, &most,
                                kept.baseAddress, kept.count)
                        }
                    }
                }
            }
        }
        let written = String(decoding: error.prefix(result.error_count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return Outcome(ending: Self.ending(result), error: written)
    }

    private static func ending(_ result: muster_sandbox_result) -> Ending {
        switch result.ending {
        case MUSTER_SANDBOX_EXITED: .exited(status: result.value)
        case MUSTER_SANDBOX_SIGNALLED: .signalled(result.value)
        case MUSTER_SANDBOX_TIMED_OUT: .timedOut
        default:
            .refused(
                step: result.step.map { String(cString: $0) } ?? "", because: String(cString: strerror(result.value)))
        }
    }

    /// The texts as C has them, with a null pointer at the end.
    private static func withTexts<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        var pointers = copies.map { UnsafePointer<CChar>($0) }
        pointers.append(nil)
        return body(&pointers)
    }
}
