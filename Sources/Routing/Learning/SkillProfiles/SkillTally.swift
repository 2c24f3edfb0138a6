import Core

/// The record of every expert in every skill that the evidence names.
///
/// A skill that is named twice in one question counts twice, as in the released code of Symbolic-MoE (arXiv:2503.05641);
/// a score between right and wrong counts as so much of each.
struct SkillTally: Sendable {
    /// In name order.
    let skills: [SkillName]
    let scores: ScoreTally
    private let numbers: [SkillName: Int]

    init(_ evidence: Evidence) {
        skills = Set(evidence.views.flatMap(\.skills)).sorted()
        let numbers = Dictionary(zip(skills, skills.indices), uniquingKeysWith: { first, _ in first })
        var scores = ScoreTally(groups: skills.count, experts: evidence.experts.count)
        for (question, view) in evidence.views.enumerated() {
            scores.add(evidence.scores(of: question), groups: view.skills.compactMap { numbers[$0] })
        }
        self.numbers = numbers
        self.scores = scores
    }

    /// The number of a skill; nil if the evidence does not name it.
    func number(of skill: SkillName) -> Int? { numbers[skill] }

    /// The profile of one expert: right and wrong answers in each skill it was asked about.
    func profile(of expert: Int, named id: ExpertID) -> Profile {
        var records: [SkillName: SkillRecord] = [:]
        for (number, skill) in skills.enumerated() {
            let index = number * scores.expertCount + expert
            guard scores.counts[index] > 0 else { continue }
            records[skill] = SkillRecord(right: scores.sums[index], wrong: scores.counts[index] - scores.sums[index])
        }
        return Profile(expert: id, records: records)
    }
}
