import ArgumentParser
import Bench
import Core
import Foundation

/// `muster bench grade`: grades answers that were made elsewhere.
struct BenchGradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade", abstract: "Grade answers that were made elsewhere, as a suite grades its own.",
        discussion: """
            Reads lines of {"id", "text"}, with "answer" and "options" where they bring their own; prints lines of \
            {id, strict, flexible, strictly_right, flexibly_right, column, remark}.
            """)

    @OptionGroup var source: SuiteOptions

    @Option(help: "The file of answers, one JSON object a line.")
    var answers: String

    func run() async throws {
        let suite = try source.name.read()
        // Answers that bring their own known answer need no file of the suite's.
        let questions = (try? source.read(skills: []))?.questions ?? []
        let file = try AnswerFile(path: answers, questions: questions)
        let programs = suite.spec.metric.kind == .tests ? try LockedPython() : nil
        let grader = try AnswerFileGrader(suite: suite, programs: programs)
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for item in file.items {
            Output.line(String(decoding: try encoder.encode(try await grader.judge(item)), as: UTF8.self))
        }
    }
}
