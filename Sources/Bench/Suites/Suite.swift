public import Core

/// A set of questions with known answers, and how they are asked and graded.
public struct Suite: Sendable, Hashable {
    /// Where the publisher keeps a file of the suite.
    public struct Source: Sendable, Hashable {
        public var url: String
        /// Of the whole file, in lower-case hexadecimal digits.
        public var sha256: String
        /// In bytes.
        public var size: Int
        public var fileName: String
        /// `test`, `train`: which part of the suite it holds.
        public var split: String

        package init(url: String, sha256: String, size: Int, fileName: String, split: String) {
            self.url = url
            self.sha256 = sha256
            self.size = size
            self.fileName = fileName
            self.split = split
        }
    }

    /// What people type: `gsm8k`.
    public var id: String
    /// One sentence.
    public var summary: String
    public var license: String
    /// Raised when the prompt or an extractor changes; runs with different versions are not comparable.
    public var promptVersion: String
    public var shape: AnswerShape
    /// The questions that runs are compared on.
    public var source: Source
    /// Questions that nothing is compared on: what profiles and choices may be made from. Nil if none are published.
    public var validation: Source?
    /// The fingerprint of the first question of `source`; tells whether questions come from there.
    package var opening: String
    /// Tokens an answer may have unless the run says otherwise.
    public var maximumTokens: Int
    /// What experts are told before anything else; empty for nothing.
    var instruction: String
    /// Worked examples, shown as earlier turns of the conversation. Never from the suite itself.
    var examples: [GradedQuestion]
    /// Reads one line of the publisher's file.
    var read: @Sendable (_ line: SuiteLine) throws -> GradedQuestion

    public static func == (left: Suite, right: Suite) -> Bool {
        left.id == right.id && left.promptVersion == right.promptVersion
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(promptVersion)
    }

    /// Every suite that this version knows.
    public static let all: [Suite] = [.gsm8k]

    /// The suite with this id.
    public static func named(_ id: String) throws -> Suite {
        guard let suite = all.first(where: { $0.id == id }) else {
            throw Fault.unknown(.invalidRequest, "suite", named: id, among: all.map(\.id))
        }
        return suite
    }

    /// Where the part of this name is found.
    public func source(of split: String) throws -> Source {
        let sources = [source] + [validation].compactMap { $0 }
        guard let found = sources.first(where: { $0.split == split }) else {
            throw Fault.unknown(.invalidRequest, "split of \(id)", named: split, among: sources.map(\.split))
        }
        return found
    }

    /// True if any of these questions is known to be in the part that runs are compared on: what is learned from it must
    /// not be measured on it.
    func holdsTestQuestions(_ questions: [GradedQuestion]) -> Bool {
        questions.contains { Fingerprint(of: $0.question).hex == opening }
    }

    /// What an expert is asked for one question.
    public func question(_ graded: GradedQuestion, sampling: Sampling) -> Question {
        var messages = instruction.isEmpty ? [] : [Message(.system, instruction)]
        for example in examples { messages += [Message(.user, example.question), Message(.assistant, example.answer)] }
        return Question(messages: messages + [Message(.user, graded.question)], sampling: sampling, shape: shape)
    }
}
