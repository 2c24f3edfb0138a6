public import Core

/// Questions made by combining skills: write a short text on a topic that shows k of them.
///
/// Source: Skill-Mix, arXiv:2310.17567: k skills and a topic are drawn, the text has at most k − 1 sentences (two for
/// k = 2), a judge gives a point for each skill. We differ: skills are those of `Skills/`, not rhetorical ones, and topics
/// are the suite's.
public struct SkillMix: Sendable {
    /// How many questions there are if nobody says.
    public static let usualCount = 30

    private let suite: Suite
    private let skills: [Skill]

    /// - Parameter skills: only active ones take part.
    public init(suite: Suite, skills: [Skill]) {
        self.suite = suite
        self.skills = skills.filter(\.isActive).sorted { $0.name < $1.name }
    }

    /// So many different questions, the same for the same seed.
    ///
    /// - Throws: a `Fault` if there are too few skills or no topics.
    public func questions(_ count: Int, seed: UInt64) throws -> [GradedQuestion] {
        let (wanted, topics) = (suite.spec.metric.skillCount, suite.spec.metric.topics)
        guard skills.count >= wanted, !topics.isEmpty else {
            throw Fault(
                .invalidRequest, "suite \(suite.id)",
                "has \(skills.count) skills and \(topics.count) topics to combine",
                expected: "At least \(wanted) active skills and a topic")
        }
        var seen: Set<String> = []
        var questions: [GradedQuestion] = []
        // Few combinations may be fewer than wanted: after so many draws without a new one, those are all.
        for attempt in 0..<(count * 20) where questions.count < count {
            var random = SeededRandom(seed: SeededRandom.derived(from: seed, index: UInt64(attempt)))
            var drawn = skills
            random.shuffle(&drawn)
            let chosen = drawn.prefix(wanted).sorted { $0.name < $1.name }
            let topic = topics[Int(random.next() % UInt64(topics.count))]
            let id =
                "\(suite.id)/\(chosen.map(\.name.rawValue).joined(separator: "+"))/\(Fingerprint(of: topic).hex.prefix(6))"
            guard seen.insert(id).inserted else { continue }
            questions.append(question(id, chosen, topic))
        }
        return questions
    }

    private func question(_ id: String, _ skills: [Skill], _ topic: String) -> GradedQuestion {
        let described = skills.map { "- \($0.name): \($0.description)" }.joined(separator: "\n")
        let text = suite.spec.prompt
            .replacing("{topic}", with: topic).replacing("{skills}", with: described)
            .replacing("{sentences}", with: String(max(2, skills.count - 1)))
        return GradedQuestion(
            id: id, question: text, answer: "", extras: QuestionExtras(skills: skills.map(\.name.rawValue)))
    }
}
