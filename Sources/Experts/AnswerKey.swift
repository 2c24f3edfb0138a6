import Core

/// The skills' graded questions with their answers, for scripted experts that are to know some of them.
struct AnswerKey: Sendable {
    struct Entry: Sendable {
        var skill: Skill
        var graded: GradedQuestion
    }

    private let entries: [Entry]
    let skills: [Skill]

    init(_ skills: [Skill]) {
        self.skills = skills.filter(\.isActive)
        entries = skills.flatMap { skill in skill.questions.map { Entry(skill: skill, graded: $0) } }
    }

    /// The graded question that a text holds; the longest if several do.
    func entry(in text: String) -> Entry? {
        entries.filter { text.contains($0.graded.question) }
            .max { $0.graded.question.utf8.count < $1.graded.question.utf8.count }
    }
}
