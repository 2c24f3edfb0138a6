import Core
import Store
import Testing

struct RunTableTests {
    @Test func givesARunBackWhole() async throws {
        let store = try Samples.store()
        try await store.start(Samples.run("gsm8k-1"))
        #expect(try await store.run("gsm8k-1") == Samples.run("gsm8k-1"))
        #expect(try await store.run("other") == nil)
    }

    @Test func listsRunsNewestFirst() async throws {
        let store = try Samples.store()
        for (id, at) in [("b", 2), ("c", 3), ("a", 1)] as [(String, Int64)] {
            try await store.start(Samples.run(id, startedAt: at))
        }
        #expect(try await store.runs().map(\.id) == ["c", "b", "a"])
    }

    @Test func finishesARunAndOnlyThatOne() async throws {
        let store = try Samples.store()
        try await store.start(Samples.run("a"))
        try await store.start(Samples.run("b"))
        try await store.finish("a")
        try await store.finish("a")
        #expect(try await store.run("a")?.state == .finished)
        #expect(try await store.run("b")?.state == .running)
    }

    @Test func refusesToStartARunTwice() async throws {
        let store = try Samples.store()
        try await store.start(Samples.run("a"))
        let found = await fault { try await store.start(Samples.run("a")) }
        #expect(found?.code == .invalidRequest)
        #expect(
            found?.sentence
                == "run \"a\": there already is a run of this name. Resume it, or choose another name.")
    }

    @Test func namesTheNearestRunWhenThereIsNone() async throws {
        let store = try Samples.store()
        try await store.start(Samples.run("gsm8k-7f3a"))
        let found = await fault { try await store.finish("gsm8k-7f3b") }
        #expect(found?.code == .unknownRun)
        #expect(found?.sentence == "run \"gsm8k-7f3b\": there is no such run. Did you mean gsm8k-7f3a?")
    }

    @Test func addsUpVisits() async throws {
        let store = try Samples.store()
        try await store.start(Samples.run("r"))
        try await store.countVisit(of: "b", in: "r", seconds: 1.5)
        try await store.countVisit(of: "a", in: "r", seconds: 4)
        try await store.countVisit(of: "b", in: "r", seconds: 0.25)
        #expect(
            try await store.visits(in: "r") == [
                RunVisits(expert: "a", count: 1, seconds: 4), RunVisits(expert: "b", count: 2, seconds: 1.75),
            ])
        #expect(try await store.visits(in: "other").isEmpty)
    }
}
