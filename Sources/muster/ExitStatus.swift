import ArgumentParser
import Core

/// What the command's exit codes mean; scripts rely on them.
enum ExitStatus: Int32 {
    case ok = 0
    /// It was understood and tried, and failed.
    case failed = 1
    /// The command line is wrong.
    case usage = 2
    /// The configuration or a skill is wrong.
    case badConfiguration = 3

    /// The status that a fault ends the command with.
    init(_ fault: Fault) {
        switch fault.code {
        case .invalidSettings, .invalidSkill: self = .badConfiguration
        case .unknownModel, .unknownExpert, .unknownSkill, .unknownRun, .unknownTrace, .unknownKey, .invalidRequest:
            self = .usage
        default: self = .failed
        }
    }

    /// As the argument parser throws it.
    var code: ExitCode { ExitCode(rawValue) }
}
