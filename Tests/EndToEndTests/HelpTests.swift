import Foundation
import Testing

/// What `--help` offers stands in docs/cli.md.
struct HelpTests {
    static let commands = [
        ["ask"], ["route"], ["plan"], ["feedback"], ["serve"], ["top"], ["trace", "list"],
        ["trace", "show"], ["check"], ["expert", "list"], ["expert", "add"],
        ["expert", "remove"], ["expert", "show"], ["expert", "test"], ["skill", "list"], ["skill", "show"],
        ["skill", "check"], ["profile", "build"], ["profile", "learn"], ["profile", "show"], ["bench", "pull"],
        ["bench", "run"], ["bench", "show"], ["bench", "writer"], ["bench", "routing"], ["bench", "swaps"],
        ["bench", "suites"], ["bench", "regrade"], ["bench", "grade"], ["bench", "report"], ["bench", "compare"],
        ["bench", "export"], ["bench", "schedule"],
        ["replay"], ["model", "pull"],
        ["model", "embed"],
        ["model", "inspect"], ["model", "tokenize"], ["model", "logits"], ["model", "trace"], ["model", "generate"],
        ["model", "perplexity"], ["model", "bench"], ["model", "offload"], ["model", "serve"],
        ["config", "import"],
        ["key", "create"], ["key", "list"], ["key", "show"], ["key", "revoke"], ["key", "rotate"], ["price", "list"],
        ["price", "history"], ["canary", "list"], ["canary", "run"],
    ]

    @Test(arguments: commands) func everyOptionStandsInTheManual(command: [String]) async throws {
        let help = await (try Program(skills: false).start(command + ["--help"])).end()
        #expect(help.status == 0)
        let manual = try String(contentsOfFile: Program.root + "/docs/cli.md", encoding: .utf8)
        #expect(manual.contains(command.joined(separator: " ")))
        let options = help.output.split(whereSeparator: { !($0.isLetter || $0 == "-") }).filter { $0.hasPrefix("--") }
        #expect(!options.isEmpty)
        for option in Set(options) { #expect(manual.contains(option), "\(command.joined(separator: " ")) \(option)") }
    }

    @Test func everyCommandIsTested() async throws {
        for group in [
            [], ["trace"], ["expert"], ["skill"], ["profile"], ["bench"], ["model"], ["config"], ["key"], ["price"],
            ["canary"],
        ] {
            let help = await (try Program(skills: false).start(group + ["--help"])).end()
            let list = help.output.components(separatedBy: "SUBCOMMANDS:\n").last ?? ""
            let names = list.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
                .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "See" }
            #expect(!names.isEmpty)
            for name in names {
                #expect(Self.commands.contains { $0.starts(with: group + [name]) }, "\(group) \(name)")
            }
        }
    }
}
