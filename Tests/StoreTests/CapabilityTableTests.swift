import Core
import Store
import Testing

struct CapabilityTableTests {
    private func record(
        _ capability: Capability, _ verdict: CapabilityFinding.Verdict, identity: String = "one", tokens: Int? = nil,
        at: Int64 = 1
    ) -> CapabilityRecord {
        CapabilityRecord(
            expert: "a", identity: identity,
            finding: CapabilityFinding(
                capability, verdict, seen: "seen \(at)", tokens: tokens, at: Timestamp(microseconds: at)))
    }

    @Test func keepsWhatWasFoundAndForgetsItWhenTold() async throws {
        let store = try Samples.store(":memory:")
        let records = [record(.context, .no, tokens: 4_096), record(.tools, .yes)]
        try await store.keep(records)
        #expect(try await store.capabilities() == records)
        #expect(try await store.forgetCapabilities(of: "b") == 0)
        #expect(try await store.forgetCapabilities(of: "a") == 2)
        #expect(try await store.capabilities().isEmpty)
    }

    @Test func aLaterFindingReplacesAnEarlierOne() async throws {
        let store = try Samples.store(":memory:")
        try await store.keep([record(.tools, .no)])
        try await store.keep([record(.tools, .yes, at: 2)])
        #expect(try await store.capabilities() == [record(.tools, .yes, at: 2)])
    }

    @Test func whatIsUnclearReplacesNothingThatIsKnownOfTheSameModel() async throws {
        let store = try Samples.store(":memory:")
        try await store.keep([record(.tools, .no)])
        try await store.keep([record(.tools, .unclear, at: 2)])
        #expect(try await store.capabilities() == [record(.tools, .no)])
        try await store.keep([record(.tools, .unclear, identity: "two", at: 3)])
        #expect(try await store.capabilities() == [record(.tools, .unclear, identity: "two", at: 3)])
    }
}
