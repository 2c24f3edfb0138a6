import Core
import Routing
import Support

/// Evidence with a known truth: questions of two categories lie around two opposite directions, `left` and `right` are
/// each good in one of them, `steady` is middling in both.
enum MadeUpEvidence {
    static let experts = [
        Evidence.Expert(id: "left", activeParameters: 7, dollars: 0.001),
        Evidence.Expert(id: "right", activeParameters: 7, dollars: 0.001),
        Evidence.Expert(id: "steady", activeParameters: 70, dollars: 0.01),
    ]

    /// The chance that each expert is right, by category.
    static let chances: [String: [Double]] = ["west": [0.9, 0.2, 0.6], "east": [0.2, 0.9, 0.6]]

    static func evidence(questions: Int = 400, seed: UInt64 = 1) -> Evidence {
        var random = SeededRandom(seed: seed)
        var views: [QuestionView] = []
        var categories: [String?] = []
        var scores: [Float] = []
        var answers: [Int32] = []
        for index in 0..<questions {
            let category = index.isMultiple(of: 2) ? "west" : "east"
            views.append(view(category, using: &random))
            categories.append(category)
            for chance in chances[category] ?? [] {
                let isRight = random.unit() < chance
                scores.append(isRight ? 1 : 0)
                answers.append(isRight ? 0 : Int32(1 + random.below(3)))
            }
        }
        return Evidence(
            experts: experts, views: views, categories: categories, scores: scores, answers: answers,
            gold: views.map { _ in 0 })
    }

    /// A question of a category: 16 numbers of unit length, the first two telling.
    static func view(_ category: String, using random: inout SeededRandom) -> QuestionView {
        var vector = (0..<16).map { _ in Float(random.unit() - 0.5) }
        vector[0] += category == "west" ? 1 : -1
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return QuestionView(
            vector: vector.map { $0 / length }, measures: [1, 2], optionCount: 4,
            skills: [SkillName(category)])
    }
}
