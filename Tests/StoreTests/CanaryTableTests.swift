import Core
import Store
import Testing

struct CanaryTableTests {
    private func round(_ number: Int, identity: String = "one", expert: ExpertID = "a") -> CanaryRound {
        CanaryRound(
            expert: expert, skill: "sums", identity: identity, result: WilsonShare(right: number % 10, of: 10),
            at: Timestamp(microseconds: Int64(number)))
    }

    @Test func keepsRoundsInTheirOrder() async throws {
        let store = try Samples.store(":memory:")
        let rounds = [round(3), round(1), round(2, expert: "b")]
        for round in rounds { try await store.add(round) }
        #expect(try await store.canaryRounds() == rounds)
    }

    @Test func anotherModelBeginsAnew() async throws {
        let store = try Samples.store(":memory:")
        for round in [round(1), round(2, expert: "b"), round(3, identity: "two")] { try await store.add(round) }
        #expect(try await store.canaryRounds() == [round(2, expert: "b"), round(3, identity: "two")])
    }

    @Test func theFirstAndTheLatestStayOfALongRow() async throws {
        let store = try Samples.store(":memory:")
        for number in 1...230 { try await store.add(round(number)) }
        let kept = try await store.canaryRounds().map(\.at.microseconds)
        #expect(kept.count == 200 && kept.first == 1 && kept.last == 230)
        #expect(!kept.contains(115))
    }
}
