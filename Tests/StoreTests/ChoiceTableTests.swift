import Core
import Store
import Testing

struct ChoiceTableTests {
    @Test func keepsTheLastChoice() async throws {
        let store = try Samples.store()
        #expect(try await store.choice("writer:math") == nil)
        try await store.choose("a", for: "writer:math")
        try await store.choose("b 🦊", for: "writer:math")
        #expect(try await store.choice("writer:math") == "b 🦊")
        #expect(try await store.choice("writer:law") == nil)
    }

    @Test func keepsAHugeValueWhole() async throws {
        let store = try Samples.store()
        try await store.choose(Samples.hugeText, for: "k")
        #expect(try await store.choice("k") == Samples.hugeText)
    }
}
