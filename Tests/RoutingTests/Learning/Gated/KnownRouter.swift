import Core
import Routing

/// Learns nothing: what it expects of the experts stands in a question's vector.
struct KnownLearner: RouterLearner {
    let name = "known"

    func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter { KnownRouter() }
}

struct KnownRouter: LearnedRouter {
    func expectations(for view: QuestionView) -> [Float] { view.vector }

    /// Enough when anybody answered: so that a wrapper can be seen to pass the question on.
    func isEnough(_ heard: [HeardAnswer], of plan: SeatPlan, for view: QuestionView) -> Bool { !heard.isEmpty }
}

extension Evidence {
    /// Questions of which a `KnownRouter` expects made-up chances; later experts are better by and by.
    static func known(experts: [String], questions: Int = 600, seed: UInt64 = 3) -> Evidence {
        var random = SeededRandom(seed: seed)
        let views = (0..<questions).map { _ in
            QuestionView(
                vector: experts.indices.map { Float(random.unit() * 0.7) + 0.2 * Float($0) / Float(experts.count) })
        }
        return Evidence(
            experts: experts.map { .init(id: ExpertID($0)) }, views: views, categories: views.map { _ in nil },
            scores: views.flatMap { view in view.vector.map { random.unit() < Double($0) ? 1 : 0 } })
    }
}

extension RouterLearner {
    /// The experts this learner seats for every question it learned from.
    func seated(_ evidence: Evidence, seats: Int) throws -> [[Int]] {
        let router = try learn(from: evidence, seed: 1)
        var random = SeededRandom(seed: 1)
        return try evidence.views.map { try router.recruit(for: $0, seats: seats, using: &random).experts }
    }
}
