import Core

/// What people thought of answers, as evidence about the experts that gave them.
///
/// A score s adds s to the right and 1 − s to the wrong answers of each skill the question needed, at half the weight of a
/// graded answer: people judge by more than correctness. It counts for the experts whose answer was given: the winning
/// ballot's, or the one that wrote alone. A synthesis is nobody's own answer and counts for none.
struct JudgedEvidence {
    /// Beside a graded answer.
    static let weight = 0.5

    var judged: JudgedTrace

    /// Whoever gave the answer.
    var experts: [ExpertID] {
        guard let verdict = judged.trace.verdict, verdict.method != "synthesis" else { return [] }
        return verdict.ballots.first?.experts.distinct ?? verdict.expert.map { [$0] } ?? []
    }

    /// The skills that the question needed, each once.
    var skills: [SkillName] { judged.trace.need.skills.distinct }

    var right: Double { judged.feedback.score * Self.weight }
    var wrong: Double { (1 - judged.feedback.score) * Self.weight }
}

extension Array where Element: Hashable {
    /// Each element once, in the order first seen.
    fileprivate var distinct: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
