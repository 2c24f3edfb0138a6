/// A suite of questions as its file describes it: where it comes from, how it is asked, read and graded.
///
/// One file under `Suites/` is one suite; a runner that knows none of them by name reads them all.
public struct SuiteSpec: Sendable, Hashable {
    /// What people type: `gsm8k`.
    public var name: String
    /// One sentence.
    public var summary: String
    public var licence: String
    /// Where a person reads about it.
    public var home: String
    /// Raised when the prompt or an extractor changes; runs with different versions are not comparable.
    public var version: String
    /// In the order of the file; the first is what is meant if none is named.
    public var parts: [Part]
    public var fields: Fields
    /// The form of its answers.
    public var shape: AnswerShape
    /// Tokens an answer may have unless the run says otherwise.
    public var maximumTokens: Int
    /// What experts are told before anything else; empty for nothing.
    public var system: String
    /// What experts are asked: `{question}`, `{options}` and fields such as `{row.title}` are filled in.
    public var prompt: String
    /// Worked examples, shown as earlier turns of the conversation.
    public var examples: [Example]
    public var strict: ExtractorSpec
    public var flexible: ExtractorSpec
    public var metric: MetricSpec

    public init(
        name: String, summary: String = "", licence: String = "", home: String = "", version: String = "1",
        parts: [Part] = [], fields: Fields = Fields(), shape: AnswerShape = .automatic, maximumTokens: Int = 512,
        system: String = "", prompt: String = "{question}", examples: [Example] = [],
        strict: ExtractorSpec = ExtractorSpec(.meaning), flexible: ExtractorSpec = ExtractorSpec(.meaning),
        metric: MetricSpec = MetricSpec()
    ) {
        self.name = name
        self.summary = summary
        self.licence = licence
        self.home = home
        self.version = version
        self.parts = parts
        self.fields = fields
        self.shape = shape
        self.maximumTokens = maximumTokens
        self.system = system
        self.prompt = prompt
        self.examples = examples
        self.strict = strict
        self.flexible = flexible
        self.metric = metric
    }

    /// A file of the publisher's.
    public struct Part: Sendable, Hashable {
        /// What its questions may be used for.
        public enum Purpose: String, Sendable, Hashable, CaseIterable {
            /// Runs are compared on it; nothing may be learned from it.
            case test
            /// Profiles and choices may be made from it.
            case validation
        }

        /// `test`, `train`, as the publisher calls it.
        public var name: String
        public var purpose: Purpose
        public var url: String
        /// Of the whole file, in lower-case hexadecimal digits; nil if we could not verify any: then the one of the first
        /// download is kept and held to.
        public var sha256: String?
        /// In bytes; nil where `sha256` is.
        public var size: Int?
        /// What the file is called here.
        public var file: String
        /// The file meant within an archive; nil if `file` is no archive.
        public var member: String?
        /// The fingerprint of its first question: tells whether questions come from here. Nil if not known.
        public var opening: String?

        public init(
            name: String, purpose: Purpose, url: String, sha256: String? = nil, size: Int? = nil, file: String,
            member: String? = nil, opening: String? = nil
        ) {
            self.name = name
            self.purpose = purpose
            self.url = url
            self.sha256 = sha256
            self.size = size
            self.file = file
            self.member = member
            self.opening = opening
        }
    }

    /// Where in a row of the publisher's file things stand: member names joined by points, `question.stem`.
    public struct Fields: Sendable, Hashable {
        /// Nil numbers the rows.
        public var id: String?
        public var question: String
        /// Nil where a judge grades: then there is no known answer.
        public var answer: String?
        /// The answer is the first group of this pattern's last match; nil for the whole field.
        public var answerPattern: String?
        /// What stands for a value of the field: `true` → `yes`.
        public var answerWords: [String: String]
        public var category: String?
        /// A list of texts, or of objects with `text` and `label`.
        public var options: String?
        /// Tests, or a list of them.
        public var tests: String?
        /// What the program must be called by its tests; put into `{entry}` of `testCall`.
        public var entry: String?
        /// What calls the tests: `check({entry})`.
        public var testCall: String?
        /// The head that the answer's program continues.
        public var programHead: String?
        /// A field and the value it must have for the row to count: `split: test`.
        public var only: [String: String]

        public init(
            id: String? = nil, question: String = "question", answer: String? = nil, answerPattern: String? = nil,
            answerWords: [String: String] = [:], category: String? = nil, options: String? = nil,
            tests: String? = nil, entry: String? = nil, testCall: String? = nil, programHead: String? = nil,
            only: [String: String] = [:]
        ) {
            self.id = id
            self.question = question
            self.answer = answer
            self.answerPattern = answerPattern
            self.answerWords = answerWords
            self.category = category
            self.options = options
            self.tests = tests
            self.entry = entry
            self.testCall = testCall
            self.programHead = programHead
            self.only = only
        }
    }

    /// A worked example.
    public struct Example: Sendable, Hashable {
        public var question: String
        public var answer: String

        public init(question: String, answer: String) {
            self.question = question
            self.answer = answer
        }
    }
}

/// How an answer is found in a text.
public struct ExtractorSpec: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A match of a pattern, as the `regex` filter of lm-evaluation-harness finds it.
        case pattern
        /// The letter of an option, as the `multi_choice_regex` filter of lm-evaluation-harness finds it.
        case letter
        /// What the text says is its answer, however it says so.
        case meaning
        /// The program in the text.
        case program
        /// The whole text.
        case whole
    }

    public enum Take: String, Sendable, Hashable, CaseIterable { case first, last }

    public var kind: Kind
    /// For `pattern` and `letter`.
    public var pattern: String
    /// Which match counts.
    public var take: Take

    public init(_ kind: Kind, pattern: String = "", take: Take = .first) {
        self.kind = kind
        self.pattern = pattern
        self.take = take
    }
}

/// How an extracted answer is compared with the known one.
public struct MetricSpec: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// As texts, as `exact_match` of lm-evaluation-harness compares them.
        case exact
        /// By what they mean: numbers as numbers, formulas as formulas.
        case meaning
        /// The answer's program passes its tests.
        case tests
        /// A judge gives a mark from 1 to 10.
        case mark
        /// A judge compares with the answers of another run, in both orders.
        case pair
        /// A judge says for each skill whether the answer shows it.
        case skills
    }

    public var kind: Kind
    /// For `exact`: matches of these patterns are taken away, in this order.
    public var ignoring: [String]
    public var ignoresCase: Bool
    public var ignoresMarks: Bool
    /// For `skills`: how many skills an answer combines.
    public var skillCount: Int
    /// For `skills`: what an answer may be about.
    public var topics: [String]

    public init(
        _ kind: Kind = .exact, ignoring: [String] = [], ignoresCase: Bool = false, ignoresMarks: Bool = false,
        skillCount: Int = 2, topics: [String] = []
    ) {
        self.kind = kind
        self.ignoring = ignoring
        self.ignoresCase = ignoresCase
        self.ignoresMarks = ignoresMarks
        self.skillCount = skillCount
        self.topics = topics
    }

    /// True if an expert has to say how good an answer is.
    public var needsJudge: Bool {
        switch kind {
        case .mark, .pair, .skills: true
        case .exact, .meaning, .tests: false
        }
    }
}
