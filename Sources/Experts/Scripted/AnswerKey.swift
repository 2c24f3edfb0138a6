import Core

/// The skills' graded questions with their answers, for scripted experts that are to know some of them.
struct AnswerKey: Sendable {
    struct Entry: Sendable {
        var skill: Skill
        var graded: GradedQuestion
    }

    /// Questions are found by their first bytes: looking for thousands of questions one by one would be slow.
    private static let startLength = 8

    let skills: [Skill]
    /// By the first eight bytes of the question; longest question first.
    private var byStart: [UInt64: [Entry]] = [:]
    /// Shorter than that.
    private var short: [Entry] = []

    init(_ skills: [Skill]) {
        self.skills = skills.filter(\.isActive)
        for skill in self.skills {
            for graded in skill.questions where !graded.question.isEmpty { add(Entry(skill: skill, graded: graded)) }
        }
    }

    private mutating func add(_ entry: Entry) {
        let bytes = Array(entry.graded.question.utf8)
        guard bytes.count >= Self.startLength else { return short.append(entry) }
        let start = bytes.prefix(Self.startLength).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        byStart[start, default: []].append(entry)
        byStart[start]?.sort { $0.graded.question.utf8.count > $1.graded.question.utf8.count }
    }

    /// The graded question that a text holds; the longest if several do.
    func entry(in text: String) -> Entry? {
        let bytes = Array(text.utf8)
        var best: Entry?
        var bestLength = 0
        var window: UInt64 = 0
        for (end, byte) in bytes.enumerated() {
            window = window << 8 | UInt64(byte)
            guard end + 1 >= Self.startLength, let entries = byStart[window] else { continue }
            let rest = bytes[(end + 1 - Self.startLength)...]
            if let entry = entries.first(where: { rest.starts(with: $0.graded.question.utf8) }),
                entry.graded.question.utf8.count > bestLength
            {
                (best, bestLength) = (entry, entry.graded.question.utf8.count)
            }
        }
        return best ?? short.first { text == $0.graded.question }
    }
}
