import Support
import Testing

/// A run that is killed loses nothing and asks nothing twice.
struct ResumeTests {
    private static let count = 24

    private static let suite = (1...count).map {
        #"{"question": "What is \#($0) plus \#($0)?", "answer": "Adding.\n#### \#($0 * 2)"}"#
    }.joined(separator: "\n")

    /// How many questions are answered before the expert hangs, once.
    private static let early = 8

    /// Answers each question rightly, but leaves one call hanging.
    private static func expert() throws -> ScriptedSocketServer {
        try ScriptedSocketServer { request, index in
            index == early ? .hang : .answer("#### \(Self.number(in: request) * 2)", to: request)
        }
    }

    /// The last `What is N plus N?` of the conversation.
    private static func number(in request: SocketRequest) -> Int {
        let after = request.text.split(separator: "What is ").last ?? ""
        return Int(after.prefix { $0.isNumber }) ?? -1
    }

    @Test(arguments: [9, 2]) func aStoppedRunGoesOn(signal: Int32) async throws {
        let server = try Self.expert()
        let program = try Program(
            configuration: Configurations.experts(server.url, clocks: "{first_token: 60s, idle: 60s, total: 120s}"))
        try program.write(Self.suite, to: "test.jsonl")
        let run = try program.start(["bench", "run", "gsm8k", "--data", "test.jsonl", "--strategy", "single:a"])
        #expect(await server.waits(within: .seconds(60)) { $0.requests.count > Self.early })
        run.send(signal)
        let stopped = await run.end()
        #expect(stopped.status == (signal == 2 ? 130 : 9))
        // `run gsm8k-7f3a: 24 questions, …`
        let words = stopped.errors.split(whereSeparator: { " :".contains($0) })
        let id = try #require(words.dropFirst().first)
        if signal == 2 { #expect(stopped.errors.contains("--resume \(id)"), "\(stopped.errors)") }
        #expect(server.requests.count == Self.early + 1)

        let resumed = try await program.run(
            "bench", "run", "gsm8k", "--data", "test.jsonl", "--resume", String(id), "--json")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(resumed.output.contains(#""right" : \#(Self.count)"#), "\(resumed.output)")
        // Only the question that was being answered when the program was killed may be asked again.
        let asked = server.requests.map(Self.number(in:))
        #expect(Set(asked) == Set(1...Self.count))
        #expect(asked.count == Self.count + 1)
    }

    @Test func anExpertThatWentDownIsAskedAgainWhenItIsBack() async throws {
        let server = try ScriptedSocketServer { request, index in
            index < 5 ? .answer("#### \(Self.number(in: request) * 2)", to: request) : .response(503, body: "down")
        }
        let program = try Program(configuration: Configurations.experts(server.url))
        try program.write(Self.suite, to: "test.jsonl")
        let run = try await program.run("bench", "run", "gsm8k", "--data", "test.jsonl", "--strategy", "single:a")
        #expect(run.status == 1)
        #expect(run.errors.contains("every answer that came is kept"), "\(run.errors)")
        #expect(run.errors.contains("--resume"))
        let shown = try await program.run("bench", "show")
        #expect(shown.output.contains("(stopped)"))
    }
}
