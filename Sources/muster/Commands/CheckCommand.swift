import ArgumentParser
import Core
import Settings

/// `muster check`: everything that is wrong with the configuration and the skills, with file, line, path and fix.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the configuration and the skills; nobody is asked.",
        discussion: """
            With --json: {"ok", "problems": [{file, line, column, path, found, expected, fix, severity}], "summary"}.
            """)

    @OptionGroup var shared: SharedOptions

    func run() async throws { try CheckReport.check(shared, onlySkills: false) }
}

/// What a check found, for people and programs.
struct CheckReport: Encodable {
    var ok: Bool
    var problems: [SettingsProblem]
    var summary: [String]

    /// Checks, prints, and ends with status 3 if there is an error.
    static func check(_ shared: SharedOptions, onlySkills: Bool) throws {
        let source = shared.source
        let checked = source.check()
        let problems = onlySkills ? checked.skillProblems : checked.problems
        let report = CheckReport(ok: problems.areOnlyWarnings, problems: problems, summary: checked.summary)
        if shared.json {
            try Output.json(report)
        } else {
            for problem in problems {
                Output.line((problem.severity == .warning ? "warning: " : "") + problem.sentence)
            }
            Output.line("\(source.name): \(report.ok ? "ok" : "not usable")")
            Output.lines(report.summary)
        }
        if !report.ok { throw ExitStatus.badConfiguration.code }
    }
}
