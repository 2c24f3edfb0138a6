import ArgumentParser
import Bench
import Core

/// Which suite a command is about, and where suites are described.
struct SuiteName: ParsableArguments {
    @Argument(help: "The suite; muster bench suites lists them.")
    var suite: String

    @Option(help: "A folder of suites beside the built-in ones.")
    var suites: String?

    func read() throws -> Suite { try SuiteCache.suite(suite, folder: suites) }
}

/// Which questions a command is about.
struct SuiteOptions: ParsableArguments {
    @OptionGroup var name: SuiteName

    @Option(help: "A file in the publisher's format; the one that muster bench pull fetched if left out.")
    var data: String?

    @Option(help: "Which part of the suite; the first if left out.")
    var split: String?

    @Option(help: "Only the first so many questions.")
    var limit: Int?

    var suite: String { name.suite }

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is \(limit); ask at least one question.") }
    }

    /// The suite, its questions, and the part that they come from; no part for a file that is none of the publisher's.
    ///
    /// - Parameters:
    ///   - count: how many where `--limit` says nothing.
    ///   - part: the part where `--split` says nothing.
    ///   - skills: what questions are made of, where they are made.
    ///   - seed: of questions that are made.
    func read(
        count: Int? = nil, part known: String? = nil, skills: [Skill], seed: UInt64 = 7
    ) throws -> (suite: Suite, questions: [GradedQuestion], part: String?) {
        let suite = try name.read()
        if suite.spec.metric.kind == .skills, data == nil {
            let mix = SkillMix(suite: suite, skills: skills)
            return (suite, try mix.questions(limit ?? count ?? SkillMix.usualCount, seed: seed), nil)
        }
        let part = suite.spec.parts.isEmpty && data != nil ? nil : try suite.part(split ?? known)
        let path = data ?? part.map { SuiteCache.path(of: $0, in: suite) } ?? ""
        let file = try SuiteFile(path: path, suite: suite, member: part?.member, limit: limit ?? count)
        if data == nil { return (suite, file.questions, part?.name) }
        // A file at hand belongs to a part only if it is the publisher's, or someone says so.
        return (suite, file.questions, try suite.part(holding: path) ?? split)
    }
}

extension Run {
    /// The part of its suite that it is known to be about.
    var part: String? { RunSettings(settings)?.part }
}
