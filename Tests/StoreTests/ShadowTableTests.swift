import Core
import Store
import Testing

struct ShadowTableTests {
    private func shadow(_ number: Int, _ outcome: ShadowAnswer.Outcome = .agrees) -> ShadowAnswer {
        ShadowAnswer(
            trace: "t\(number)", at: Timestamp(microseconds: Int64(number)), expert: "a", skills: ["sums"],
            outcome: outcome, sureness: 0.5, seconds: 1, usage: Usage(promptTokens: 3, completionTokens: 4),
            dollars: 0.25)
    }

    @Test func theLatestComeFirstAndSpendingIsAddedUp() async throws {
        let store = try Samples.store(":memory:")
        for number in 1...4 { try await store.add(shadow(number, number == 4 ? .failed : .agrees)) }
        #expect(try await store.shadowAnswers(limit: 2) == [shadow(4, .failed), shadow(3)])
        let spent = try await store.shadowSpending(since: Timestamp(microseconds: 3))
        #expect(spent.calls == 2 && spent.dollars == 0.5)
        let none = try await store.shadowSpending(since: Timestamp(microseconds: 9))
        #expect(none.calls == 0 && none.dollars == 0)
    }
}
