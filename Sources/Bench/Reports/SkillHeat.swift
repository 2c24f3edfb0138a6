import Core

/// How each expert does on the questions that need a skill, from runs of single experts.
struct SkillHeat: Sendable {
    struct Cell: Sendable, Hashable {
        var right = 0
        var count = 0
    }

    /// Most questions first; at most `most`.
    let skills: [SkillName]
    let experts: [ExpertID]
    private let cells: [SkillName: [ExpertID: Cell]]

    init(_ records: [RunRecord], most: Int = 40) {
        var cells: [SkillName: [ExpertID: Cell]] = [:]
        var experts: Set<ExpertID> = []
        for record in records {
            guard let expert = record.onlyExpert else { continue }
            experts.insert(expert)
            for (question, grade) in record.grades where !grade.hasFailed {
                for skill in Set(record.needs[question] ?? []) {
                    cells[skill, default: [:]][expert, default: Cell()].count += 1
                    if grade.isFlexiblyRight { cells[skill]?[expert]?.right += 1 }
                }
            }
        }
        self.cells = cells
        self.experts = experts.sorted()
        let sizes = cells.mapValues { $0.values.reduce(0) { $0 + $1.count } }
        skills = Array(cells.keys.sorted { (sizes[$1] ?? 0, $0) < (sizes[$0] ?? 0, $1) }.prefix(most))
    }

    subscript(skill: SkillName, expert: ExpertID) -> Cell { cells[skill]?[expert] ?? Cell() }

    var isEmpty: Bool { skills.isEmpty || experts.isEmpty }
}
