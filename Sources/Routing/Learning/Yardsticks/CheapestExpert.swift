import Core
import Gating

/// Always seats the expert that costs least: the other end of the scale from the best.
///
/// Cost is in dollars where every expert has a price, else in active parameters; of equals the lower index sits.
public struct CheapestExpert: RouterLearner {
    public let name = "cheapest"

    public init() {}

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        let costs = try evidence.costs(for: name)
        return ByCost(means: evidence.overallMeans, costs: costs)
    }
}

private struct ByCost: LearnedRouter {
    let means: [Float]
    let costs: [Double]

    func expectations(for view: QuestionView) -> [Float] { means }

    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let thrift = view.masked(costs.map { Float(-$0) })
        let selection = try Gate(normaliser: Identity(), selector: TopK(count: seats))
            .select(ScoreMatrix(row: thrift))
        return SeatPlan(experts: Array(selection.experts(inRow: 0)), expected: view.masked(means))
    }
}
