import Core

/// A graded question of a skill, as experts are asked it.
struct SkillQuestion: Sendable {
    let skill: Skill
    let graded: GradedQuestion
    private let grader: SkillGrader

    /// Without the first sentence, small experts say a number at once, and mostly a wrong one.
    private static let request =
        "Think step by step. Then end with the final answer on its own line, as \"Answer: …\"."

    /// Nil where the skill takes no part: a draft, or one whose answers a judge would have to read.
    init?(_ graded: GradedQuestion, of skill: Skill) {
        guard skill.isActive, let kind = skill.grader, kind != .judge else { return nil }
        self.skill = skill
        self.graded = graded
        grader = SkillGrader(kind: kind, question: graded)
    }

    func asked(maximumTokens: Int) -> Question {
        let sampling = Sampling(temperature: 0, maximumTokens: maximumTokens)
        let asked = Question("\(graded.question)\n\n\(Self.request)", sampling: sampling, shape: grader.shape)
        return skill.instructions.isEmpty ? asked : asked.instructed(skill.instructions)
    }

    func isRight(_ answer: Answer) -> Bool { grader.isRight(answer.text, answer: graded.answer) }
}
