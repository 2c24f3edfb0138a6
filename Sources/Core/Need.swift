/// The skills one question needs, and how we know.
public struct Need: Sendable, Hashable, Codable {
    /// Who named the keywords: `lexical`, or the id of the annotating expert.
    public var annotator: String
    /// Each keyword and the skill it stands for. Two keywords may stand for one skill; it then counts twice
    /// (arXiv:2503.05641, released code).
    public var mentions: [Mention]

    public init(annotator: String, mentions: [Mention]) {
        self.annotator = annotator
        self.mentions = mentions
    }

    /// The skills, duplicates kept, in the order of the keywords.
    public var skills: [SkillName] { mentions.compactMap(\.skill) }

    /// A keyword, and the skill with a profile that it stands for.
    public struct Mention: Sendable, Hashable, Codable {
        public var keyword: String
        /// How sure the annotator is: the share of passes that named it, or a lexical score. Higher is surer.
        public var score: Double
        /// Nil if no skill is known for it.
        public var skill: SkillName?
        /// Cosine between keyword and skill; 1 for an exact match.
        public var similarity: Double

        public init(keyword: String, score: Double, skill: SkillName?, similarity: Double) {
            self.keyword = keyword
            self.score = score
            self.skill = skill
            self.similarity = similarity
        }
    }
}

/// What an annotator found in a question, before keywords are mapped onto skills.
public struct Annotation: Sendable, Hashable, Codable {
    public struct Keyword: Sendable, Hashable, Codable {
        public var text: String
        /// The share of passes that named it, or a lexical score.
        public var score: Double
        /// How many times it was named in all passes together.
        public var count: Int

        public init(text: String, score: Double, count: Int = 1) {
            self.text = text
            self.score = score
            self.count = count
        }
    }

    /// In the order first named.
    public var keywords: [Keyword]
    /// How often the question was looked at.
    public var passes: Int
    /// Tokens that annotating took.
    public var usage: Usage
    /// Dollars that annotating took.
    public var dollars: Double
    /// Calls that annotating took: none for the lexical annotator.
    public var calls: Int

    public init(
        keywords: [Keyword], passes: Int = 1, usage: Usage = Usage(), dollars: Double = 0, calls: Int = 0
    ) {
        self.keywords = keywords
        self.passes = passes
        self.usage = usage
        self.dollars = dollars
        self.calls = calls
    }
}
