package import Core

/// What feedback to expect of an expert on a question: means over judged traces, shrunken where there are few.
///
/// A trace's score counts for the expert of each of its seats with weight 1 / seats. With κ imagined scores:
/// - all = mean of the scores, one half if there are none;
/// - expert = (Σ weight · score + κ · all) / (Σ weight + κ);
/// - expert on skill = (Σ over traces that need the skill + κ · expert) / (Σ weight + κ).
/// A question's expectation is the mean over its skills, the expert's own where it has none. It need not be right: in the
/// doubly robust estimate (arXiv:1103.4601) it only takes away noise.
package struct FeedbackModel {
    /// κ, in scores.
    static let imagined = 4.0

    private struct Ability: Hashable {
        var expert: ExpertID
        var skill: SkillName?
    }

    private struct Sum {
        var weight = 0.0
        var score = 0.0

        func mean(towards prior: Double) -> Double {
            (score + FeedbackModel.imagined * prior) / (weight + FeedbackModel.imagined)
        }
    }

    private let all: Double
    private var sums: [Ability: Sum] = [:]

    package init(learningFrom judged: [JudgedTrace]) {
        all = judged.isEmpty ? 0.5 : judged.reduce(0) { $0 + $1.feedback.score } / Double(judged.count)
        for item in judged {
            let seats = item.trace.recruitment.seats
            let skills = Set(item.trace.need.skills)
            for seat in seats {
                let weight = 1 / Double(seats.count)
                add(item.feedback.score, weight, to: Ability(expert: seat.expert))
                for skill in skills { add(item.feedback.score, weight, to: Ability(expert: seat.expert, skill: skill)) }
            }
        }
    }

    private mutating func add(_ score: Double, _ weight: Double, to ability: Ability) {
        sums[ability, default: Sum()].weight += weight
        sums[ability, default: Sum()].score += weight * score
    }

    /// The expected score of an answer by this expert alone, 0...1.
    package func expectation(of expert: ExpertID, for need: Need) -> Double {
        let own = (sums[Ability(expert: expert)] ?? Sum()).mean(towards: all)
        let skills = need.skills
        guard !skills.isEmpty else { return own }
        let sum = skills.reduce(0) { total, skill in
            total + (sums[Ability(expert: expert, skill: skill)] ?? Sum()).mean(towards: own)
        }
        return sum / Double(skills.count)
    }
}
