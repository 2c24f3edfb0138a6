import Core
import Store
import Testing

struct MarkTableTests {
    @Test func givesMarksBackOldestFirst() async throws {
        let store = try Samples.store()
        let late = Samples.mark("a", "q1", isRight: true, at: 9)
        let early = Samples.mark("b", "q1", isRight: false, at: 2)
        let sameTime = Samples.mark("c", "q1", isRight: false, at: 9)
        try await store.add([late, early])
        try await store.add([sameTime])
        #expect(try await store.marks() == [early, late, sameTime])
    }

    @Test func replacesTheMarkOfTheSameQuestionAndVersion() async throws {
        let store = try Samples.store()
        let newer = Samples.mark("a", "q1", isRight: false, at: 7)
        var otherVersion = newer
        otherVersion.skillVersion = "2"
        try await store.add([Samples.mark("a", "q1", isRight: true, at: 1)])
        try await store.add([newer, otherVersion])
        #expect(try await store.marks() == [newer, otherVersion])
    }

    @Test func forgetsOneExpertAndSaysHowMuch() async throws {
        let store = try Samples.store()
        let other = Samples.mark("b", "q1", isRight: true, at: 3)
        try await store.add([
            Samples.mark("a", "q1", isRight: true, at: 1), Samples.mark("a", "q2", isRight: true, at: 2), other,
        ])
        #expect(try await store.forget("a") == 2)
        #expect(try await store.forget("a") == 0)
        #expect(try await store.marks() == [other])
    }

    @Test func refusesATextThatItWouldGiveBackCut() async throws {
        let store = try Samples.store()
        let found = await fault { try await store.add([Samples.mark("a", "q\u{0}1", isRight: true, at: 1)]) }
        #expect(found?.sentence == "mark of a: the text holds a NUL character. Remove it.")
        #expect(try await store.marks().isEmpty)
    }
}
