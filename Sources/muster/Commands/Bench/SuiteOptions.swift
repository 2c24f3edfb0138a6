import ArgumentParser
import Bench
import Core

/// Which questions a command is about.
struct SuiteOptions: ParsableArguments {
    @Argument(help: "The suite: \(Suite.all.map(\.id).joined(separator: ", ")).")
    var suite: String

    @Option(help: "A file in the publisher's format; the one that muster bench pull fetched if left out.")
    var data: String?

    @Option(help: "Only the first so many questions.")
    var limit: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is \(limit); ask at least one question.") }
    }

    /// The suite and its questions.
    ///
    /// - Parameter count: how many where `--limit` says nothing.
    func read(count: Int? = nil) throws -> (suite: Suite, questions: [GradedQuestion]) {
        let known = try Suite.named(suite)
        let file = try SuiteFile(
            path: data ?? SuiteCache.path(of: known.source, in: known), suite: known, limit: limit ?? count)
        return (known, file.questions)
    }
}
