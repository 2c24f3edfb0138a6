import Foundation
import Support
import Testing

/// A suite of a user's own: fetched from a server on loopback, run, graded anew, compared, reported, exported, planned.
struct UserSuiteTests {
    private static let rows = ServedFile(
        Array((1...6).map { #"{"q": "What is \#($0) plus \#($0)?", "a": \#($0 * 2)}"# }.joined(separator: "\n").utf8))

    private func program(_ server: ScriptedSocketServer, expert: String = "") throws -> Program {
        let program = try Program(configuration: expert.isEmpty ? nil : Configurations.experts(expert))
        try FileManager.default.createDirectory(
            atPath: program.folder + "/own", withIntermediateDirectories: true)
        try program.write(
            """
            name: sums
            licence: CC0-1.0
            parts: {test: {url: "\(server.url)/sums.jsonl"}, dev: {purpose: validation, url: "\(server.url)/dev.jsonl"}}
            fields: {question: q, answer: a}
            answer: number
            strict: {kind: pattern, pattern: '= ([0-9]+)'}
            flexible: {kind: meaning}
            metric: {kind: meaning}
            """, to: "own/sums.yaml")
        return program
    }

    private func cache(_ program: Program) -> [String: String] { ["MUSTER_CACHE": program.folder + "/cache"] }

    /// The last `What is N plus N?` of the conversation.
    private static func number(in request: SocketRequest) -> Int {
        let after = request.text.split(separator: "What is ").last ?? ""
        return Int(after.prefix { $0.isNumber }) ?? -1
    }

    @Test func aStoppedDownloadGoesOnAndIsHeldToItsFirstChecksum() async throws {
        var file = Self.rows
        file.cut = 100
        let server = try file.server()
        let program = try program(server)
        let pull = ["bench", "pull", "sums", "--suites", "own"]
        let first = await (try program.start(pull, environment: cache(program))).end()
        #expect(first.status == 1, "\(first.errors)")
        let second = await (try program.start(pull, environment: cache(program))).end()
        #expect(second.status == 0, "\(second.errors)")
        #expect(server.ranges == ["", "bytes=100-"])
        #expect(second.output.contains("nobody published its checksum"), "\(second.output)")
        let again = await (try program.start(pull + ["--json"], environment: cache(program))).end()
        #expect(again.json?["was_there"] as? Bool == true)
        #expect(again.json?["bytes"] as? Int == Self.rows.bytes.count)
    }

    @Test func everythingThatCanBeDoneWithARunIsDone() async throws {
        let expert = try ScriptedSocketServer { request, _ in
            let number = Self.number(in: request)
            return .answer(number == 3 ? "It is 7." : "It = \(number * 2)", to: request)
        }
        let server = try Self.rows.server()
        let program = try program(server, expert: expert.url)
        let environment = cache(program)
        func run(_ arguments: String...) async throws -> Program.Outcome {
            await (try program.start(arguments, environment: environment)).end()
        }
        let plan = try await run(
            "plan", "--suite", "sums", "--suites", "own", "--strategy", "single:a", "--json")
        #expect(plan.status == 1, "the file is not there yet: \(plan.errors)")
        #expect(try await run("bench", "pull", "sums", "--suites", "own").status == 0)
        let planned = try await run(
            "plan", "--suite", "sums", "--suites", "own", "--strategy", "single:a", "--json")
        #expect(planned.json?["calls"] as? Int == 6, "\(planned.errors)")
        #expect(expert.requests.isEmpty, "a plan asks nobody")

        let made = try await run("bench", "run", "sums", "--suites", "own", "--strategy", "single:a")
        #expect(made.status == 0, "\(made.errors)")
        let id = try #require(
            made.errors.split(whereSeparator: { " :".contains($0) }).dropFirst().first.map(String.init))
        #expect(expert.requests.count == 6)
        let shown = try await run("bench", "report", id)
        #expect(shown.output.contains("| single:a | 6 | 83.3"), "\(shown.output)")
        let regraded = try await run("bench", "regrade", id, "--suites", "own", "--json")
        #expect(regraded.json?["flexible_gained"] as? Int == 0, "\(regraded.errors)")
        let page = try await run("bench", "report", id, "--html", "out.html")
        #expect(page.status == 0, "\(page.errors)")
        let html = try String(contentsOfFile: program.folder + "/out.html", encoding: .utf8)
        #expect(html.contains("single:a") && !html.contains("http://"))
        #expect(try await run("bench", "report", id, "--csv").output.split(separator: "\r\n").count == 7)
        let other = try await run("bench", "run", "sums", "--suites", "own", "--strategy", "self:a", "--seats", "2")
        #expect(other.status == 0, "\(other.errors)")
        let second = try #require(
            other.errors.split(whereSeparator: { " :".contains($0) }).dropFirst().first.map(String.init))
        let compared = try await run("bench", "compare", id, second, "--json")
        #expect(compared.json?["both_right"] as? Int == 5, "\(compared.errors)")
        let exported = try await run("bench", "export", id, "--suites", "own")
        #expect(exported.json?["results"] != nil, "\(exported.errors)")
        let replay = try await run("bench", "export", id, "--replay", "--suites", "own")
        #expect(replay.output.split(separator: "\n").count == 6, "\(replay.errors)")
        let learned = try await run("profile", "learn", "sums", "--suites", "own", "--run", id)
        #expect(learned.errors.contains("these questions belong to its test part"), "\(learned.errors)")
        #expect(learned.status == 1)
    }

    @Test func answersMadeElsewhereAreGraded() async throws {
        let program = try Program(skills: false)
        try program.write(
            """
            {"id": "one", "text": "3 * 4 = 12\\n#### 12", "answer": "12"}
            {"id": "two", "text": "It is 1,200.", "answer": "1200"}
            {"id": "three", "text": "", "answer": "5"}
            """, to: "answers.jsonl")
        let graded = try await program.run("bench", "grade", "gsm8k", "--answers", "answers.jsonl")
        let lines = graded.output.split(separator: "\n")
        #expect(lines.count == 3, "\(graded.errors)")
        #expect(lines.first?.contains(#""strict":"12","strictly_right":true"#) == true, "\(graded.output)")
        #expect(lines.dropFirst().first?.contains(#""column":"right""#) == true)
        #expect(lines.last?.contains(#""column":"empty""#) == true)
    }

    @Test func requestsAreRefusedWithTheirLine() async throws {
        let program = try Program()
        try program.write("{\"question\": \"What is 1 plus 1?\"}\n{\"nothing\": 1}\n", to: "requests.jsonl")
        let plan = try await program.run("plan", "--requests", "requests.jsonl", "--demo")
        #expect(plan.status != 0)
        #expect(plan.errors.contains("requests.jsonl:2: holds no question"), "\(plan.errors)")
        let good = try await program.run("plan", "--requests", "requests.jsonl", "--limit", "1", "--demo", "--json")
        #expect(good.json?["questions"] as? Int == 1, "\(good.errors)")
    }
}
