public import Core
import Gating

/// Finds a question's skills by the words it shares with their names, keywords and descriptions, without asking anyone.
///
/// score(q, s) = Σ over terms t of s that occur in q: field(t, s) · ln(1 + N / df(t)). A term is a single word or a
/// keyword of several words, N counts the skills (at least 2), df those that have the term; fields weigh 3 (keyword), 2 (name),
/// 0.5 (description). This is inverse document frequency over skills; it is ours, not a paper's.
public struct LexicalAnnotator: SkillAnnotator {
    private struct Posting: Sendable {
        var skill: Int
        var field: Double
    }

    /// All that is known of a term, so that each word of a question is looked up once.
    private struct Term: Sendable {
        /// Numbers all terms.
        var place: Int
        /// Empty for a word that counts within phrases only.
        var postings: [Posting]
        /// Whether a phrase begins with it.
        var beginsPhrase: Bool
    }

    private static let keywordWeight = 3.0
    private static let nameWeight = 2.0
    private static let descriptionWeight = 0.5
    /// Longest keyword that is looked up, in words.
    private static let longestPhrase = 4

    private let skills: [SkillName]
    private let terms: [String: Term]
    private let limit: Int
    private let share: Double
    private let floor: Double

    public let name = "lexical"

    /// - Parameters:
    ///   - limit: the most skills a question may need.
    ///   - share: a skill is kept if it reaches this share of the best one's score.
    ///   - floor: below this score nothing is found; one keyword shared by few skills reaches it, a word of a
    ///     description alone does not.
    public init(skills: [Skill], limit: Int = 3, share: Double = 0.5, floor: Double = 3) {
        let active = skills.filter(\.isActive)
        var fields = [String: [Int: Double]]()
        func note(_ term: String, _ skill: Int, _ weight: Double) {
            fields[term, default: [:]][skill] = max(fields[term]?[skill] ?? 0, weight)
        }
        for (index, skill) in active.enumerated() {
            for word in Words.of(skill.description) where !Words.frequent.contains(word) {
                note(word, index, Self.descriptionWeight)
            }
            for word in Words.of(skill.name.rawValue) where !Words.frequent.contains(word) {
                note(word, index, Self.nameWeight)
            }
            for keyword in skill.keywords {
                let words = Words.of(keyword)
                guard !words.isEmpty, words.count <= Self.longestPhrase else { continue }
                note(words.joined(separator: " "), index, Self.keywordWeight)
            }
        }
        // Where there is one skill only, it is as rare as one of two: else nothing could ever point at it.
        let count = Double(max(active.count, 2))
        let phraseStarts = Set(
            fields.keys.compactMap { $0.contains(" ") ? $0.split(separator: " ").first.map(String.init) : nil })
        let names = phraseStarts.union(fields.keys).sorted()
        terms = Dictionary(
            uniqueKeysWithValues: names.enumerated().map { place, name in
                let holders = Words.frequent.contains(name) ? [:] : fields[name] ?? [:]
                let rarity = naturalLogarithm(1 + count / Double(max(holders.count, 1)))
                let postings = holders.sorted { $0.key < $1.key }.map {
                    Posting(skill: $0.key, field: $0.value * rarity)
                }
                return (name, Term(place: place, postings: postings, beginsPhrase: phraseStarts.contains(name)))
            })
        self.skills = active.map(\.name)
        self.limit = limit
        self.share = share
        self.floor = floor
    }

    public func annotate(_ question: Question) async throws -> Annotation {
        Annotation(keywords: find(in: question.text).map { .init(text: $0.skill.rawValue, score: $0.score) })
    }

    /// The skills of a text, best first, ties in name order; empty if nothing points at any.
    package func find(in text: String) -> [(skill: SkillName, score: Double)] {
        var scores = [Double](repeating: 0, count: skills.count)
        for posting in postings(of: Words.of(text)) { scores[posting.skill] += posting.field }
        let ranked = scores.indices.filter { scores[$0] >= floor }
            .sorted { (scores[$0], skills[$1]) > (scores[$1], skills[$0]) }
        guard let best = ranked.first else { return [] }
        return ranked.prefix(limit).filter { scores[$0] >= share * scores[best] }.map { (skills[$0], scores[$0]) }
    }

    /// Of each term once, however often it occurs; in the order of the text.
    private func postings(of words: [String]) -> [Posting] {
        var isSeen = [Bool](repeating: false, count: terms.count)
        var found: [Posting] = []
        func take(_ term: Term) {
            guard !isSeen[term.place] else { return }
            isSeen[term.place] = true
            found += term.postings
        }
        for (index, word) in words.enumerated() {
            guard let term = terms[word] else { continue }
            take(term)
            guard term.beginsPhrase else { continue }
            var phrase = word
            for next in words[(index + 1)...].prefix(Self.longestPhrase - 1) {
                phrase += " " + next
                if let longer = terms[phrase] { take(longer) }
            }
        }
        return found
    }
}
