import Support
import Testing

/// What a user sees when an expert misbehaves: one sentence that names the expert and the trouble, and exit code 1.
struct ExpertFaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var reply: SocketReply
        var says: [String]
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "refusing", reply: .response(401, body: #"{"error":{"message":"no"}}"#), says: ["401"]),
        Case(name: "hanging", reply: .hang, says: ["first token"]),
        Case(
            name: "HTML", reply: .response(type: "text/html", body: "<html><h1>It works!</h1></html>"),
            says: ["text/html", "base_url"]),
        Case(name: "half an event", reply: .stream([#"data: {"choices":[{"del"#], ending: .close), says: []),
        Case(
            name: "closing in mid-stream",
            reply: .stream([#"data: {"choices":[{"index":0,"delta":{"content":"Half"}}]}"# + "\n\n"], ending: .close),
            says: []),
        Case(
            name: "429",
            reply: .response(429, headers: ["Retry-After: 7"], body: #"{"error":{"message":"slow down"}}"#),
            says: ["429", "slow down"]),
        Case(name: "500", reply: .response(500, body: "oops"), says: ["500", "oops"]),
    ]

    @Test(arguments: cases) func isToldInOneSentence(_ fault: Case) async throws {
        let server = try ScriptedSocketServer(fault.reply)
        let program = try Program(configuration: Configurations.experts(server.url))
        let outcome = try await program.run("ask", "2 + 2?")
        #expect(outcome.status == 1, "\(outcome.output)")
        let told = outcome.errors
        #expect(told.contains("muster: ") && told.contains("a: "), "\(told)")
        for word in fault.says { #expect(told.contains(word), "\(told)") }
        #expect(!told.contains("Fatal error"))
    }

    @Test func anExpertThatIsDownIsReplacedByTheFallback() async throws {
        let server = try ScriptedSocketServer { request, _ in .answer("four", to: request) }
        let deaf = try ScriptedSocketServer.deafPort()
        let configuration = Configurations.experts("http://127.0.0.1:\(deaf)", server.url)
            .replacing("auto: {routing: first}", with: "auto: {routing: first, fallback: b}")
        let outcome = try await Program(configuration: configuration).run("ask", "--explain", "2 + 2?")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("four\n"))
        #expect(outcome.output.contains("every recruited expert failed, b was asked instead"), "\(outcome.output)")
    }
}
