import Core
import Store
import Testing

struct RegistryTableTests {
    @Test func givesDefinitionsBackInTheOrderAdded() async throws {
        let store = try Samples.store()
        try await store.add("z", definition: #"{"model": "é 🦊"}"#)
        try await store.add("a", definition: "{}")
        let found = try await store.definitions()
        #expect(found.map(\.id) == ["z", "a"])
        #expect(found.map(\.definition) == [#"{"model": "é 🦊"}"#, "{}"])
    }

    @Test func givesAnExpertThatIsAddedAgainItsNewDefinitionInItsOldPlace() async throws {
        let store = try Samples.store()
        try await store.add("z", definition: "1")
        try await store.add("a", definition: "2")
        try await store.add("z", definition: "3")
        #expect(try await store.definitions().map(\.definition) == ["3", "2"])
    }

    @Test func saysWhetherThereWasAnythingToRemove() async throws {
        let store = try Samples.store()
        try await store.add("z", definition: "1")
        #expect(try await store.remove("z"))
        #expect(try await !store.remove("z"))
        #expect(try await store.definitions().isEmpty)
    }
}
