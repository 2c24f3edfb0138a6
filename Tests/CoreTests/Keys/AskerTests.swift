import Core
import Testing

struct AskerTests {
    @Test func mayUseWhatIsInItsScopeAndIsToldWhatThatIs() throws {
        let asker = Asker(key: "key_1", name: "web", scope: ["auto", "cheap"])
        try asker.check("cheap")
        let found = #expect(throws: Fault.self) { try asker.check("dear") }
        #expect(found?.code == .notAllowed)
        #expect(
            found?.sentence == """
                model "dear": the key web may not use it. It may use auto, cheap. GET /v1/models lists what it may use.
                """)
    }

    @Test func anEmptyScopeIsEverything() throws { try Asker(key: "k", name: "web").check("anything") }

    @Test func wishesTakeItUpWhenTheyAreMade() {
        let asker = Asker(key: "k", name: "web")
        let wishes = Asker.$current.withValue(asker) { Wishes(seed: 1) }
        #expect(wishes.asker == asker && Wishes().asker == nil)
    }
}
