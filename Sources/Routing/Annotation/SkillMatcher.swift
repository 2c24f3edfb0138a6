public import Core

/// Maps free keywords onto skills that profiles can speak about.
///
/// Source: Symbolic-MoE, arXiv:2503.05641: each keyword becomes its nearest neighbour by cosine among the profile
/// keywords, without a threshold, and two keywords may land on one skill. We differ: a skill's name, or a keyword listed
/// in its `SKILL.md`, is an exact match before any vector is compared, and a skill is near if any of its names is.
public struct SkillMatcher: Sendable {
    /// What becomes of a keyword that matches nothing exactly.
    public enum Unknown: String, Sendable, Hashable, CaseIterable {
        /// The nearest skill stands for it (the paper).
        case nearest
        /// It stands for nothing.
        case ignore
    }

    private let exact: [String: SkillName]
    private let phrases: [(text: String, skill: SkillName)]
    private let unknown: Unknown
    private let embedder: any Embedder
    private let vectors: VectorShelf

    /// - Parameter vocabulary: profile keys that are not skills of `skills`: raw keywords of a validation set.
    public init(skills: [Skill], vocabulary: [SkillName], unknown: Unknown = .nearest, embedder: any Embedder) {
        var exact: [String: SkillName] = [:]
        var phrases: [(String, SkillName)] = []
        func note(_ text: String, _ skill: SkillName) {
            let key = Self.key(text)
            guard !key.isEmpty, exact[key] == nil else { return }
            exact[key] = skill
            phrases.append((key, skill))
        }
        let active = skills.filter(\.isActive)
        for skill in active { note(skill.name.rawValue, skill.name) }
        for name in vocabulary { note(name.rawValue, name) }
        for skill in active { for keyword in skill.keywords { note(keyword, skill.name) } }
        self.exact = exact
        self.phrases = phrases
        self.unknown = unknown
        self.embedder = embedder
        vectors = VectorShelf()
    }

    private init(_ other: SkillMatcher, unknown: Unknown) {
        exact = other.exact
        phrases = other.phrases
        embedder = other.embedder
        vectors = other.vectors
        self.unknown = unknown
    }

    /// The same matcher for when the embedder is away: only exact matches count.
    public var ignoringUnknown: SkillMatcher { SkillMatcher(self, unknown: .ignore) }

    /// Whether the embedder is needed for these.
    public func asksEmbedder(about keywords: [Annotation.Keyword]) -> Bool {
        unknown == .nearest && !phrases.isEmpty && keywords.contains { exact[Self.key($0.text)] == nil }
    }

    /// One mention for each keyword, in order.
    ///
    /// - Throws: what the embedder throws; never asked when every keyword matches exactly.
    public func match(_ keywords: [Annotation.Keyword]) async throws -> [Need.Mention] {
        let strangers = keywords.filter { exact[Self.key($0.text)] == nil }
        var nearest: [String: (SkillName, Double)] = [:]
        if unknown == .nearest, !strangers.isEmpty, !phrases.isEmpty {
            let known = try await vectors.filled { try await embedder.embed(phrases.map(\.text)) }
            let asked = try await embedder.embed(strangers.map { Self.key($0.text) })
            for (stranger, vector) in zip(strangers, asked) {
                nearest[stranger.text] = closest(to: vector, among: known)
            }
        }
        return keywords.map { keyword in
            if let skill = exact[Self.key(keyword.text)] {
                return Need.Mention(keyword: keyword.text, score: keyword.score, skill: skill, similarity: 1)
            }
            let found = nearest[keyword.text]
            return Need.Mention(
                keyword: keyword.text, score: keyword.score, skill: found?.0, similarity: found?.1 ?? 0)
        }
    }

    /// The first phrase with the largest dot product; vectors have unit length, so that is the cosine.
    private func closest(to vector: [Float], among known: [[Float]]) -> (SkillName, Double)? {
        var best: (index: Int, cosine: Float)?
        for (index, other) in known.enumerated() where other.count == vector.count {
            let cosine = zip(vector, other).reduce(Float(0)) { $0 + $1.0 * $1.1 }
            if cosine > best?.cosine ?? -.infinity { best = (index, cosine) }
        }
        return best.map { (phrases[$0.index].skill, Double($0.cosine)) }
    }

    /// Hyphens and spaces are the same, and so are cases and plurals.
    private static func key(_ text: String) -> String { Words.of(text).joined(separator: " ") }
}

/// Vectors that are computed once, by whoever comes first.
private actor VectorShelf {
    private var vectors: [[Float]]?

    func filled(by compute: @Sendable () async throws -> [[Float]]) async throws -> [[Float]] {
        if let vectors { return vectors }
        let computed = try await compute()
        vectors = computed
        return computed
    }
}
