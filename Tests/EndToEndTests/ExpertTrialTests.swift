import Foundation
import Support
import Testing

/// What is found in one run of the program counts in the next ones.
@Suite(.timeLimit(.minutes(5)))
struct ExpertTrialTests {
    /// Talks, and asks for no calls.
    private static func talker() throws -> ScriptedSocketServer {
        try ScriptedSocketServer { request, _ in .answer("It rains.", to: request) }
    }

    private static let tools = #""tools":[{"type":"function","function":{"name":"f"}}]"#

    private static func configuration(_ server: ScriptedSocketServer) -> String {
        Configurations.experts(server.url) + "server: {admin_key: \"${env.MUSTER_ADMIN_KEY}\"}\n"
    }

    private static let environment = ["MUSTER_ADMIN_KEY": "adm"]

    @Test func whatWasFoundIsShownAndUsed() async throws {
        let server = try Self.talker()
        let program = try Program(configuration: Self.configuration(server))
        let tested = try await program.run(
            "expert", "test", "--context-tokens", "0", "--json", environment: Self.environment)
        #expect(tested.status == 0, "\(tested.errors)")
        let shown = try await program.run("expert", "show", "a", environment: Self.environment)
        #expect(
            shown.output.contains("tools           no       asked for no call, but said “It rains.”"), "\(shown.output)"
        )
        let listed = try await program.run("expert", "list", environment: Self.environment)
        #expect(listed.output.contains("tools, streamed_tools"), "\(listed.output)")

        let service = try await KeyedService(program, environment: Self.environment)
        let asked = server.requests.count
        let refused = try await service.post(
            #"{"model":"a","messages":[{"role":"user","content":"Weather?"}],\#(Self.tools)}"#)
        #expect(refused.status == 400, "\(refused.text)")
        #expect(refused.text.contains("a cannot call tools (found by muster expert test on "), "\(refused.text)")
        #expect(server.requests.count == asked)
        let plain = try await service.post(#"{"model":"a","messages":[{"role":"user","content":"Weather?"}]}"#)
        #expect(plain.status == 200)
        let admin = try await service.get("/admin/experts", key: "adm")
        #expect(admin.text.contains(#""capability":"tools""#), "\(admin.text)")

        let forgotten = try await program.run("expert", "test", "--forget", environment: Self.environment)
        #expect(
            forgotten.output.hasPrefix("a: 9 findings forgotten") || forgotten.output.contains(" findings forgotten"))
        let again = try await program.run("expert", "list", environment: Self.environment)
        #expect(again.output.contains("not tested"))
    }

    @Test func anExpertThatDoesNotAnswerFailsTheCommand() async throws {
        let deaf = try ScriptedSocketServer.deafPort()
        let program = try Program(configuration: Configurations.experts("http://127.0.0.1:\(deaf)"))
        let outcome = try await program.run("expert", "test")
        #expect(outcome.status == 1 && outcome.output.contains("a          whole           no"), "\(outcome.output)")
    }

    @Test func aRoundOfCanariesIsAskedAndListed() async throws {
        let configuration = """
            store: {path: store.sqlite}
            experts: {a: {kind: scripted, script: {knows: {"*": 1}}}}
            canaries: {questions: 5, baseline: 10, file: canaries.jsonl}
            """
        let program = try Program(configuration: configuration)
        try program.write(
            (1...5).map {
                #"{"skill": "algebra", "id": "c\#($0)", "question": "What is \#($0) + 1?", "answer": "\#($0 + 1)"}"#
            }.joined(separator: "\n"), to: "canaries.jsonl")
        let first = try await program.run("canary", "run", "--json")
        #expect(first.status == 0, "\(first.errors)")
        let listed = try await program.run("canary", "list")
        #expect(listed.output.contains("algebra") && listed.output.contains("of 5 right"), "\(listed.output)")
        #expect(listed.output.contains("settling"))
    }
}
