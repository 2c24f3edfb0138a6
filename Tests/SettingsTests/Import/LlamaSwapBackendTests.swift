import Core
import Settings
import Testing

/// Which of llama-swap's models are known to share a place.
struct LlamaSwapBackendTests {
    private static let models = "models: {a: {cmd: x}, b: {cmd: y}, c: {cmd: z}, d: {cmd: w}}\n"

    /// The backend of each model, in order.
    private func backends(_ groups: String) throws -> (names: [String?], read: Importing) {
        let read = try Importing(Self.models + groups, server: "http://h:1/v1")
        #expect(read.errors == [])
        return (read.settings.experts.map { $0.backend?.name }, read)
    }

    @Test func allModelsTakeTurnsOnOneServer() throws {
        let (names, read) = try backends("")
        #expect(names == Array(repeating: "llama-swap", count: 4))
        #expect(read.settings.experts.first?.backend?.holds == 1)
    }

    @Test func aGroupThatStaysAndUnloadsNobodyNeedsNoTurn() throws {
        let (names, _) = try backends(
            "groups: {forever: {persistent: true, swap: false, exclusive: false, members: [c, d]}}")
        #expect(names == ["llama-swap", "llama-swap", nil, nil])
    }

    @Test func aGroupWithAPlaceOfItsOwnHasABackendOfItsOwn() throws {
        let (names, _) = try backends(
            "routing: {router: {settings: {groups: {Second Card: {persistent: true, exclusive: false, members: [c, d]}}}}}"
        )
        #expect(names == ["llama-swap", "llama-swap", "second-card", "second-card"])
    }

    @Test func modelsHeldTogetherThatOthersUnloadAreSaid() throws {
        let (names, read) = try backends("groups: {pair: {swap: false, members: [c, d]}}")
        #expect(names == Array(repeating: "llama-swap", count: 4))
        #expect(read.hasNote("groups.pair: its 2 models are held together, which cannot be said"))
        let (all, _) = try backends("groups: {all: {swap: false, members: [a, b, c, d]}}")
        #expect(all == [nil, nil, nil, nil])
    }

    @Test func aMatrixIsSaid() throws {
        #expect(try backends("matrix: {sets: {one: a & b}}").read.hasNote("matrix: which models fit together"))
    }

    @Test func aModelThatWeRunOrThatIsAloneNeedsNoTurn() throws {
        let local = try Importing(
            "models: {a: {cmd: x -m /a.gguf}, b: {cmd: y -m /b.gguf}, c: {cmd: z}}", server: "http://h:1/v1",
            local: true)
        #expect(local.errors == [] && local.settings.experts.allSatisfy { $0.backend == nil })
    }
}
