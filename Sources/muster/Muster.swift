import ArgumentParser
import Core
import Foundation

/// The command: every subcommand, and how an error becomes a sentence and an exit code.
@main
struct Muster: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "muster",
        abstract: "One OpenAI-compatible address in front of many language models, with the reasons for each choice.",
        discussion: "Exit codes: 0 ok, 1 failed, 2 wrong command line, 3 wrong configuration.",
        version: version,
        subcommands: [
            AskCommand.self, RouteCommand.self, PlanCommand.self, FeedbackCommand.self, TraceCommand.self,
            ServeCommand.self,
            TopCommand.self, CheckCommand.self, ConfigCommand.self, ExpertCommand.self, KeyCommand.self,
            PriceCommand.self, SkillCommand.self, ProfileCommand.self, BenchCommand.self, ReplayCommand.self,
            ModelCommand.self, CanaryCommand.self,
        ])

    static func main() async {
        signal(SIGPIPE, SIG_IGN)  // a closed pipe is an error of the write, not the end of the program
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let fault as Fault {
            Output.remark("muster: \(fault.sentence)")
            Foundation.exit(ExitStatus(fault).rawValue)
        } catch is CancellationError {
            Output.remark("muster: stopped")
            Foundation.exit(130)
        } catch {
            let isUsage = exitCode(for: error) == .validationFailure
            guard isUsage else { exit(withError: error) }
            Output.remark(fullMessage(for: error))
            Foundation.exit(ExitStatus.usage.rawValue)
        }
    }
}
