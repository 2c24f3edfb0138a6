/// Runs programs that nobody has vouched for: what the grader asks of whoever can lock them up.
public protocol ProgramRunner: Sendable {
    /// Runs a Python program to its end.
    ///
    /// - Throws: a `Fault` if it cannot be run safely here; never because the program failed.
    func run(python: String) async throws -> ProgramEnd
}

/// How a program ended.
public enum ProgramEnd: Sendable, Hashable {
    case passed
    /// It failed; the last line it wrote to its error stream.
    case failed(String)
    /// It took longer than it may.
    case timedOut
    /// It was stopped for something it may not do or use.
    case stopped(String)

    /// One sentence; nil if it passed.
    var remark: String? {
        switch self {
        case .passed: nil
        case .failed(let line): line.isEmpty ? "failed" : line
        case .timedOut: "took too long"
        case .stopped(let why): why
        }
    }
}
