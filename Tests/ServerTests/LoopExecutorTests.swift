import Core
import Testing

/// Over a real socket.
@Suite(.timeLimit(.minutes(5)))
struct LoopExecutorTests {
    @Test func allQuestionsOfAConnectionAreAnsweredOnItsOwnLoop() async throws {
        let service = ScriptedService([.piece(.text("first"))])
        try await LoopbackServer.serving(service) { server in
            let client = try server.connect()
            for members in ["", #""stream": true"#, ""] {
                let before = service.asked.count
                try await client.post("/v1/chat/completions", Samples.chat(members))
                try await eventually { service.asked.count > before && service.pulls > before }
            }
            let loops = service.asked.map(\.loop)
            #expect(loops.count == 3 && loops[0] != nil && Set(loops).count == 1)
        }
    }
}
