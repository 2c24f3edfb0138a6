import ArgumentParser
import Bench
import Core
import Settings

/// `muster canary run`: a round now, whatever the schedule says.
struct CanaryRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Ask a round of canaries now, and keep how experts did.",
        discussion: "A running service with the same store takes it up within ten seconds. Prints what list prints.")

    @OptionGroup var shared: SharedOptions

    @Option(parsing: .upToNextOption, help: "Only these experts.")
    var experts: [String] = []

    @Option(parsing: .upToNextOption, help: "Only these skills.")
    var skills: [String] = []

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let asked = try assembly.experts(named: experts)
            let wanted = try assembly.skills(named: skills).map(\.name)
            let settings = assembly.settings.canaries ?? CanarySettings()
            let places = assembly.configured.canaryPlan(settings).places.filter {
                asked.contains($0.expert) && wanted.contains($0.skill)
            }
            guard !places.isEmpty else {
                throw Fault(
                    .invalidRequest, "canaries", "nobody is to be asked anything",
                    hint: "muster skill list shows which skills have questions; canaries: says who takes part")
            }
            let run = assembly.canaryRun(settings)
            for place in places {
                let round = try await assembly.askCanaries(place, run)
                if !shared.json {
                    Output.remark(
                        "\(place.expert) \(place.skill): \(round?.result.text ?? "no round: it did not answer half")")
                }
            }
            try CanaryListCommand.show(try await assembly.canaryBook(), shared)
        }
    }
}
