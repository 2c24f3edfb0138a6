import ArgumentParser
import Bench
import Core
import Foundation
import Pipeline
import Routing
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

    @Option(help: "A folder of suites beside the built-in ones.")
    var suites: String?

    @Option(parsing: .upToNextOption, help: "Files that runs were made on, for skills; fetched ones if left out.")
    var data: [String] = []

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
            for id in ids {
                var record = try await RunRecord(id, from: assembly.store)
                if record.hasNoNeeds, let questions = self.questions(of: record.run, assembly) {
                    record.tell(try await self.needs(of: questions, assembly), of: questions)
                }
                records.append(record)
            }
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

extension BenchReportCommand {
    /// The questions of a run, if their file is at hand.
    private func questions(of run: Run, _ assembly: Assembly) -> [GradedQuestion]? {
        for file in data.map { Optional($0) } + [nil] {
            var place = RunQuestions()
            place.suites = suites
            place.data = file
            guard let read = try? place.read(run, skills: assembly.skills),
                SuiteFile.fingerprint(of: read.questions) == run.data
            else { continue }
            return read.questions
        }
        return nil
    }

    /// Their skills, found by words alone: nobody is asked.
    private func needs(of questions: [GradedQuestion], _ assembly: Assembly) async throws -> [Need] {
        let lexical = LexicalAnnotator(skills: assembly.skills)
        return try await NeedFinder(annotator: lexical, substitute: lexical, kept: nil)
            .needs(of: questions.map { Question($0.question) }, matcher: assembly.profiles.snapshot.matcher)
            .map(\.need)
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
