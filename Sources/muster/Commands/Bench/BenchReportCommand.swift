import ArgumentParser
import Bench
import Core
import Foundation
import Store

/// `muster bench report`: runs as a page, as Markdown, or as a sheet.
struct BenchReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write runs as a page of their own, as Markdown, or as comma-separated values.",
        discussion: """
            Accuracy with intervals, paired comparison, what accuracy costs, experts by skill, questions they disagree \
            on. Without an option it prints Markdown. With --json: as bench show.
            """)

    @OptionGroup var shared: SharedOptions

    @Argument(help: "The runs.")
    var ids: [String]

    @Option(help: "Write a page that needs nothing else to this file.")
    var html: String?

    @Flag(help: "Print Markdown.")
    var markdown = false

    @Flag(help: "Print one line a question, comma-separated.")
    var csv = false

    func validate() throws {
        if ids.isEmpty { throw ValidationError("Name runs; muster bench show lists all.") }
        if [html != nil, markdown, csv].count(where: { $0 }) > 1 {
            throw ValidationError("--html, --markdown and --csv exclude each other.")
        }
    }

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            if shared.json { return try await BenchShowCommand.show(ids, shared, assembly) }
            var records: [RunRecord] = []
            for id in ids { records.append(try await RunRecord(id, from: assembly.store)) }
            let command = "muster bench report " + ids.joined(separator: " ")
            if let html {
                try Output.write(RunPage(records, command: command + " --html \(html)").html, to: html)
                Output.line(html)
            } else if csv {
                Output.text(RunSheet(records).text)
            } else {
                Output.text(RunMarkdown(records, command: command).text)
            }
        }
    }
}

extension Output {
    /// Writes a file, whole or not at all.
    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Fault(.unreadableFile, path, "cannot be written", hint: "Does its folder exist?")
        }
    }
}
