import Core
import Routing
import Testing

struct CheapestExpertTests {
    private func evidence(_ experts: [Evidence.Expert]) -> Evidence {
        Evidence(
            experts: experts, views: [QuestionView(vector: [1])], categories: [nil],
            scores: experts.map { _ in 1 })
    }

    private func order(_ experts: [Evidence.Expert]) throws -> [Int] {
        let router = try CheapestExpert().learn(from: evidence(experts), seed: 0)
        var random = SeededRandom(seed: 0)
        return try router.recruit(for: QuestionView(vector: [1]), seats: experts.count, using: &random).experts
    }

    @Test func fewestDollarsSitFirstThoughItHasMoreParameters() throws {
        let experts = [
            Evidence.Expert(id: "dear", activeParameters: 1, dollars: 0.02),
            Evidence.Expert(id: "cheap", activeParameters: 70, dollars: 0.001),
            Evidence.Expert(id: "middle", activeParameters: 7, dollars: 0.01),
        ]
        #expect(try order(experts) == [1, 2, 0])
    }

    @Test func parametersDecideWhereAPriceIsMissing() throws {
        let experts = [
            Evidence.Expert(id: "large", activeParameters: 70, dollars: 0.001),
            Evidence.Expert(id: "small", activeParameters: 7),
            Evidence.Expert(id: "twin", activeParameters: 7),
        ]
        #expect(try order(experts) == [1, 2, 0])
    }

    @Test func refusesExpertsOfWhichNothingIsKnown() {
        #expect {
            try order([Evidence.Expert(id: "a", dollars: 1), Evidence.Expert(id: "b", activeParameters: 7)])
        } throws: { error in
            (error as? Fault)?.sentence.contains("neither the price nor the active parameters are known") == true
        }
    }
}
